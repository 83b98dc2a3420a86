import { maxFrameBytes } from '../shared/frames.ts'

const lineEnd = 0x0a

/**
 * Cuts a stream of bytes into frames, one per line. A line longer than a frame may be ends the stream: `overflow` is
 * called once, and nothing more comes.
 */
export class LineFrames {
  readonly #frame: (text: string) => void
  readonly #overflow: () => void
  #parts: Buffer[] = []
  #length = 0
  #ended = false

  constructor(frame: (text: string) => void, overflow: () => void) {
    this.#frame = frame
    this.#overflow = overflow
  }

  take(bytes: Buffer): void {
    let rest = bytes
    while (!this.#ended) {
      const end = rest.indexOf(lineEnd)
      const part = end === -1 ? rest : rest.subarray(0, end)
      this.#length += part.length
      if (this.#length > maxFrameBytes) return this.#end()
      this.#parts.push(part)
      if (end === -1) return
      const text = Buffer.concat(this.#parts).toString('utf8')
      this.#parts = []
      this.#length = 0
      if (text.trim() !== '') this.#frame(text)
      rest = rest.subarray(end + 1)
    }
  }

  #end(): void {
    this.#ended = true
    this.#parts = []
    this.#overflow()
  }
}
