import { SerialLines, type SerialLine } from './serial-lines.ts'
import type { SerialPort } from './serial-port.ts'

interface Waiting {
  readonly pattern: RegExp
  readonly settle: (line: SerialLine | null) => void
}

/** A guest's serial console: what it printed, who waits for a line, and a keyboard. */
export class GuestConsole {
  readonly lines: SerialLine[] = []
  readonly #serial: SerialLines
  readonly #now: () => number
  readonly #waiting = new Set<Waiting>()
  readonly #port: SerialPort
  #ended = false

  constructor(port: SerialPort, now: () => number, onLine: (line: SerialLine) => void) {
    this.#port = port
    this.#now = () => Math.round(now())
    this.#serial = new SerialLines(this.#now, (line) => {
      this.lines.push(line)
      onLine(line)
      this.#tell(line)
    })
  }

  /** The PC is about to be switched on. */
  listen(): void {
    this.#port.listen((data) => this.#receive(data))
  }

  /** Nothing happens once the PC is off. */
  type(text: string): void {
    if (!this.#ended) this.#port.type(text)
  }

  waitFor(pattern: RegExp, limitMs: number): Promise<SerialLine | null> {
    const unfinished = { atMs: this.#now(), text: this.#serial.unfinished }
    const already = [...this.lines, unfinished].find((line) => pattern.test(line.text))
    if (already !== undefined || this.#ended) return Promise.resolve(already ?? null)
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting.settle(null), limitMs)
      const waiting: Waiting = {
        pattern,
        settle: (line) => {
          clearTimeout(timer)
          this.#waiting.delete(waiting)
          resolve(line)
        },
      }
      this.#waiting.add(waiting)
    })
  }

  /** The PC is off: nobody waits any longer. */
  end(): void {
    this.#port.end((data) => this.#receive(data))
    this.#serial.end()
    this.#ended = true
    for (const waiting of this.#waiting) waiting.settle(null)
  }

  #receive(data: Uint8Array): void {
    this.#serial.receive(data)
    const text = this.#serial.unfinished
    if (text !== '') this.#tell({ atMs: this.#now(), text })
  }

  #tell(line: SerialLine): void {
    for (const waiting of this.#waiting) if (waiting.pattern.test(line.text)) waiting.settle(line)
  }
}
