import { spawn, type ChildProcess } from 'node:child_process'
import { LineFrames } from './line-frames.ts'

/** What the shell hears from the engine. */
export interface EngineListener {
  onFrame(frame: string): void
  /** The process has ended, whatever the reason; once for each start. */
  onEnd(): void
}

/** The engine: `berth engine`, a process of its own that speaks one frame per line. */
export class EngineProcess {
  readonly #program: string
  readonly #args: readonly string[]
  readonly #listener: EngineListener
  #child: ChildProcess | null = null

  constructor(program: string, args: readonly string[], listener: EngineListener) {
    this.#program = program
    this.#args = args
    this.#listener = listener
  }

  get running(): boolean {
    return this.#child !== null
  }

  /** Starts it, unless it runs. */
  start(): void {
    if (this.#child !== null) return
    const child = spawn(this.#program, [...this.#args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      windowsHide: true,
    })
    this.#child = child
    const ended = (): void => {
      if (this.#child !== child) return
      this.#child = null
      this.#listener.onEnd()
    }
    const lines = new LineFrames(
      (frame) => this.#listener.onFrame(frame),
      () => child.kill(),
    )
    child.stdout.on('data', (bytes: Buffer) => lines.take(bytes))
    // A pipe to a process that is gone: its end is told by the process itself.
    child.stdin.on('error', () => undefined)
    child.on('error', ended)
    child.on('close', ended)
  }

  send(frame: string): void {
    this.#child?.stdin?.write(`${frame}\n`)
  }

  /** Lets it finish by closing its input; after `patience` milliseconds it is ended. Resolves when it is gone. */
  async stop(patience: number): Promise<void> {
    const child = this.#child
    if (child === null) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), patience)
      child.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      child.stdin?.end()
    })
  }
}
