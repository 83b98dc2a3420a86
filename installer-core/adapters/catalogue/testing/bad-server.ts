import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What a server may do to a request before the file is sent as it should be; true: it has answered. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, path: string) => boolean

export interface FileServer {
  readonly address: string
  /** Every request so far: path and range. */
  readonly asked: string[]
  close(): Promise<void>
}

/** Serves a folder on loopback, with ranges, as well or as badly as a test wants. */
export async function serveFiles(folder: string, misbehave: Misbehaviour = () => false): Promise<FileServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    asked.push(`${path} ${request.headers.range ?? ''}`.trim())
    if (misbehave(request, response, path)) return
    sendFile(join(folder, path), request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Sends a file, or the range of it that was asked for. */
export function sendFile(path: string, request: IncomingMessage, response: ServerResponse): void {
  if (!existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end()
  const { size } = statSync(path)
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (range === null) {
    response.writeHead(200, { 'Content-Length': size })
    return void createReadStream(path).pipe(response)
  }
  const [start, end] = [Number(range[1]), Math.min(Number(range[2]), size - 1)]
  if (start >= size) return void response.writeHead(416).end()
  response.writeHead(206, {
    'Content-Length': end - start + 1,
    'Content-Range': `bytes ${start}-${end}/${size}`,
  })
  createReadStream(path, { start, end }).pipe(response)
}
