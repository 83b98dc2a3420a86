import { writeSync } from 'node:fs'

/**
 * Where the program speaks. Standard output carries the answer (text, or JSON with `--json`), standard error what is
 * said on the way. Written synchronously, so that nothing is lost when the process ends.
 */
export class Console {
  readonly json: boolean
  /** Standard error is a terminal that can redraw a line. */
  readonly live: boolean
  #drawn = false

  constructor(options: { readonly json: boolean }) {
    this.json = options.json
    this.live = process.stderr.isTTY === true && !options.json
  }

  /** A line of the answer for people; nothing with `--json`. */
  line(text = ''): void {
    if (!this.json) write(1, `${text}\n`)
  }

  /** The answer as data: with `--json` one line, otherwise nothing. */
  data(document: unknown): void {
    if (this.json) write(1, `${JSON.stringify(document)}\n`)
  }

  /** Something said on the way. */
  note(text: string): void {
    this.#clear()
    if (!this.json) write(2, `${text}\n`)
  }

  /** Replaces the line that tells of progress; only on a terminal. */
  redraw(text: string): void {
    if (!this.live) return
    write(2, `\r\u001b[2K${text}`)
    this.#drawn = true
  }

  /** A failure, always said on standard error. */
  complain(text: string): void {
    this.#clear()
    write(2, `${text}\n`)
  }

  #clear(): void {
    if (!this.#drawn) return
    write(2, '\r\u001b[2K')
    this.#drawn = false
  }
}

/** Standard output to a full pipe answers EAGAIN: the rest is written when it can be taken. */
function write(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw thrown
    }
  }
}
