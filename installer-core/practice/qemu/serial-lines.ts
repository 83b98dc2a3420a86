/** A line that a guest or its firmware printed, with its time in milliseconds after power-on. */
export interface SerialLine {
  readonly atMs: number
  readonly text: string
}

const cursorMove = new RegExp(String.raw`\u001b\[\d*;?\d*[HJ]`, 'g')
const otherControl = new RegExp(
  String.raw`\u001b\[[0-9;?=]*[A-Za-z]|\u001b[()][A-Z0-9]|[\u0000-\u0008\u000b-\u001f\u007f]`,
  'g',
)

/**
 * Turns what a serial console sends into lines: terminal control is taken out, and moving the cursor ends a line, so
 * that text drawn at another place of the screen is not glued to what came before.
 */
export class SerialLines {
  readonly #line: (line: SerialLine) => void
  readonly #now: () => number
  readonly #decoder = new TextDecoder()
  #pending = ''

  /** `now` gives the milliseconds since power-on. */
  constructor(now: () => number, line: (line: SerialLine) => void) {
    this.#now = now
    this.#line = line
  }

  receive(data: Uint8Array): void {
    this.#pending += this.#decoder.decode(data, { stream: true })
    const end = this.#pending.lastIndexOf('\n')
    if (end < 0) return
    const complete = this.#pending.slice(0, end)
    this.#pending = this.#pending.slice(end + 1)
    this.#hand(complete)
  }

  /** The text of a line that has not ended yet, as a prompt is. */
  get unfinished(): string {
    return plainLines(this.#pending).at(-1) ?? ''
  }

  /** Hands over what has no line end: the console was closed. */
  end(): void {
    this.#hand(this.#pending)
    this.#pending = ''
  }

  #hand(text: string): void {
    for (const plain of plainLines(text)) this.#line({ atMs: this.#now(), text: plain })
  }
}

function plainLines(text: string): string[] {
  return text
    .replace(cursorMove, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.replace(otherControl, '').trimEnd())
    .filter((line) => line !== '')
}
