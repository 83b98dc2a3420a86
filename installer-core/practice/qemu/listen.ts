import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** A socket that one program connects to. */
export interface Listening {
  readonly path: string
  readonly connection: Promise<Socket>
  close(): void
}

/** Listens before the other side starts, so that nothing it says is missed and nobody has to try again. */
export async function listen(path: string): Promise<Listening> {
  const server = createServer()
  const connection = new Promise<Socket>((resolve) => server.once('connection', resolve))
  server.listen(path)
  await once(server, 'listening')
  return { path, connection, close: () => server.close() }
}
