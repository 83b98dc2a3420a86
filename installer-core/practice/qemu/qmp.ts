import type { Socket } from 'node:net'
import { fail, ok, type Result } from '../../base/result.ts'
import { qmpMessageSchema, type QmpMessage } from './qmp-message.ts'

interface Waiting {
  readonly command: string
  readonly settle: (result: Result<unknown>) => void
}

/** QEMU's control channel (QEMU Machine Protocol): commands by id, events as they come. */
export class Qmp {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #event: (event: QmpMessage) => void
  #text = ''
  #next = 1
  #closed = false

  constructor(socket: Socket, event: (event: QmpMessage) => void) {
    this.#socket = socket
    this.#event = event
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => this.#receive(chunk))
    socket.on('error', () => this.#close())
    socket.on('close', () => this.#close())
  }

  /** Runs one command. `tool-failed` with QEMU's own words when it refuses; `io-failed` when QEMU is gone. */
  execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<Result<unknown>> {
    if (this.#closed) return Promise.resolve(gone(command))
    const id = this.#next++
    return new Promise((settle) => {
      this.#waiting.set(id, { command, settle })
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`)
    })
  }

  #receive(chunk: string): void {
    this.#text += chunk
    const lines = this.#text.split('\n')
    this.#text = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') this.#message(line)
  }

  #message(line: string): void {
    const message = qmpMessageSchema.parse(JSON.parse(line))
    if (message.event !== undefined) this.#event(message)
    if (message.id === undefined) return
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.error === undefined) waiting?.settle(ok(message.return))
    else waiting?.settle(refused(waiting.command, message.error.desc))
  }

  #close(): void {
    this.#closed = true
    for (const { command, settle } of this.#waiting.values()) settle(gone(command))
    this.#waiting.clear()
  }
}

function gone(command: string): Result<unknown> {
  return fail('io-failed', { what: `QEMU: ${command}`, where: 'control channel' })
}

function refused(command: string, reason: string): Result<unknown> {
  return fail('tool-failed', { tool: `QEMU: ${command}`, exitCode: null, signal: null, reason })
}
