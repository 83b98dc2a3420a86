import { spawn, type ChildProcess } from 'node:child_process'

/** A display of its own for programs with windows. */
export interface Display {
  readonly name: string
  close(): void
}

/** Starts Xvfb on a free display number. @throws when it does not say within ten seconds that it is there. */
export async function openDisplay(): Promise<Display> {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-ac'],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    },
  )
  const number = await firstLine(server)
  return { name: `:${number}`, close: () => void server.kill() }
}

function firstLine(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('Xvfb did not start')), 10_000)
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${String(code)}`)))
    server.stdio[3]?.once('data', (bytes: Buffer) => {
      clearTimeout(late)
      resolve(bytes.toString().trim())
    })
  })
}
