import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { LineFrames } from '../../installer-core/transport/line-frames.ts'
import { maxFrameBytes } from '../shared/frames.ts'

/** What the shell hears from the engine. */
export interface EngineListener {
  onFrame(frame: string): void
  /** The process has ended, whatever the reason; once for each start. */
  onEnd(): void
}

export interface EngineCommand {
  readonly program: string
  readonly args: readonly string[]
  /** Makes the path of a named pipe, one for each start; null: standard input and output. */
  readonly pipe: (() => string) | null
}

/** The engine: `berth engine`, a process of its own that speaks one frame a line. */
export class EngineProcess {
  readonly #command: EngineCommand
  readonly #listener: EngineListener
  #child: ChildProcess | null = null
  #output: Writable | null = null
  /** Sent before the engine took its pipe. */
  #waiting: string[] = []

  constructor(command: EngineCommand, listener: EngineListener) {
    this.#command = command
    this.#listener = listener
  }

  get running(): boolean {
    return this.#child !== null
  }

  /** Starts it, unless it runs. */
  start(): void {
    if (this.#child !== null) return
    const { program, args, pipe } = this.#command
    if (pipe === null) {
      const child = this.#spawn(program, args, 'pipe')
      if (child.stdout !== null && child.stdin !== null) this.#join(child.stdout, child.stdin)
      return
    }
    const path = pipe()
    const server = createServer((socket: Socket) => {
      server.close()
      this.#join(socket, socket)
    })
    server.maxConnections = 1
    server.listen(path)
    this.#spawn(program, [...args, '--pipe', path], 'ignore').once('close', () => server.close())
  }

  send(frame: string): void {
    if (this.#output === null) this.#waiting.push(frame)
    else this.#output.write(`${frame}\n`)
  }

  /**
   * Closes the connection, upon which the engine ends; resolves when it has, or after `patience` milliseconds. It is
   * never killed: what is half done on a PC it brings to its end even without a window.
   */
  async stop(patience: number): Promise<void> {
    const child = this.#child
    if (child === null) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience)
      child.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      this.#output?.end()
    })
    this.#child = null
    child.unref()
  }

  #spawn(program: string, args: readonly string[], stdio: 'pipe' | 'ignore'): ChildProcess {
    const child = spawn(program, [...args], { stdio: [stdio, stdio, 'inherit'], windowsHide: true })
    this.#child = child
    const ended = (): void => {
      if (this.#child !== child) return
      this.#child = null
      this.#output = null
      this.#waiting = []
      this.#listener.onEnd()
    }
    child.on('error', ended)
    child.on('close', ended)
    return child
  }

  #join(input: Readable, output: Writable): void {
    const frames = new LineFrames(
      maxFrameBytes,
      (frame) => this.#listener.onFrame(frame),
      () => output.end(),
    )
    input.on('data', (bytes: Buffer) => frames.take(bytes))
    // The end of the engine is told by its process, not by its streams.
    for (const stream of [input, output]) stream.on('error', () => undefined)
    this.#output = output
    for (const frame of this.#waiting.splice(0)) this.send(frame)
  }
}
