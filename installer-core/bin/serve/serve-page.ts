import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { socketTransport } from '../../api/socket-transport.ts'
import type { Transport } from '../../api/transport.ts'
import { frameLimit } from '../../api/wire-values.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { IdleClock } from '../../adapters/idle-clock.ts'
import { pageFile, type ReadPage } from './page-files.ts'
import { securityHeaders } from './security-headers.ts'
import { SessionGate } from './session-gate.ts'

export interface ServeOptions {
  /** 0: any free one. */
  readonly port: number
  readonly attach: (transport: Transport) => void
  /** Not stopped while this is true, however long nobody is connected. */
  readonly isWorking: () => boolean
  /** Stops after so long without a connection. */
  readonly idleMs: number
  readonly readPage?: ReadPage
}

/** A page that is served. */
export interface Serving {
  readonly port: number
  /** With the one-time token in its fragment. */
  readonly address: string
  /** Resolves when it has stopped: by `close`, or because nobody was there for long. */
  readonly stopped: Promise<'closed' | 'idle'>
  readonly close: () => void
}

const largestBody = 4096
const wirePath = '/wire'
const sessionPath = '/session'

/** Serves the page and the wire on loopback, to one browser. `busy` when the port is taken. */
export async function servePage(options: ServeOptions): Promise<Result<Serving>> {
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 })
  const port = await listening(server, options.port)
  if (!port.ok) return port
  const gate = new SessionGate(port.value)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameLimit, perMessageDeflate: false })
  let stop: (why: 'closed' | 'idle') => void = () => undefined
  const stopped = new Promise<'closed' | 'idle'>((resolve) => (stop = resolve))
  const idle = new IdleClock(
    options.idleMs,
    () => sockets.clients.size > 0 || options.isWorking(),
    () => close('idle'),
  )
  const close = (why: 'closed' | 'idle') => {
    idle.stop()
    for (const client of sockets.clients) client.close(1001)
    server.close(() => stop(why))
    server.closeAllConnections()
    for (const client of sockets.clients) client.terminate()
  }
  server.on('request', (request, response) => answer(request, response, gate, port.value, options.readPage))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!mayUpgrade(request, gate)) return refuseUpgrade(socket)
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate())
      client.on('close', () => idle.touch())
      options.attach(socketTransport(client))
    })
  })
  return ok({ port: port.value, address: gate.address, stopped, close: () => close('closed') })
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gate: SessionGate,
  port: number,
  readPage: ReadPage | undefined,
): void {
  for (const [name, value] of Object.entries(securityHeaders(port))) response.setHeader(name, value)
  // The path as it was sent: nothing is decoded, so that nothing can be hidden in an encoding.
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const { method, headers } = request
  if (!gate.isOwnHost(headers)) return end(response, 421)
  if (path === sessionPath) return session(request, response, gate)
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405, { Allow: 'GET, HEAD' })
  const file = pageFile(path, readPage)
  if (file === null) return end(response, 404)
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.data.length })
  response.end(method === 'HEAD' ? undefined : file.data)
}

/** GET tells whether there is a session; POST makes one of the token. */
function session(request: IncomingMessage, response: ServerResponse, gate: SessionGate): void {
  const { method, headers } = request
  if (method === 'GET') return end(response, gate.isSession(headers) ? 204 : 403)
  if (method !== 'POST') return end(response, 405, { Allow: 'GET, POST' })
  if (!gate.isOwnOrigin(headers)) return end(response, 403)
  if (headers['content-type']?.split(';')[0] !== 'application/json') return end(response, 415)
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (piece: string) => {
    body += piece
    if (body.length > largestBody) request.destroy()
  })
  request.on('end', () => {
    const cookie = gate.exchange(tokenIn(body))
    if (cookie === null) return end(response, 403)
    end(response, 204, { 'Set-Cookie': cookie })
  })
}

function tokenIn(body: string): string {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && 'token' in value) return String(value.token)
  } catch {
    // No token.
  }
  return ''
}

function mayUpgrade({ url, headers }: IncomingMessage, gate: SessionGate): boolean {
  return url === wirePath && gate.isOwnHost(headers) && gate.isOwnOrigin(headers) && gate.isSession(headers)
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => undefined)
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, headers)
  response.end()
}

function listening(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'EADDRINUSE'
          ? fail('busy', { what: `127.0.0.1:${port}` })
          : fail('io-failed', { what: `127.0.0.1:${port}`, error: error.message }),
      ),
    )
    server.listen(port, '127.0.0.1', () => resolve(ok((server.address() as AddressInfo).port)))
  })
}
