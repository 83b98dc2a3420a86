const lineEnd = 0x0a

/** Cuts a stream of bytes into frames, one a line. A line longer than `limit` bytes ends it: `onTooLong` is told once. */
export class LineFrames {
  readonly #limit: number
  readonly #onFrame: (frame: string) => void
  readonly #onTooLong: () => void
  #pieces: Uint8Array[] = []
  #length = 0
  #ended = false

  constructor(limit: number, onFrame: (frame: string) => void, onTooLong: () => void) {
    this.#limit = limit
    this.#onFrame = onFrame
    this.#onTooLong = onTooLong
  }

  take(data: Uint8Array): void {
    let rest = data
    while (!this.#ended && rest.length > 0) {
      const end = rest.indexOf(lineEnd)
      const piece = end < 0 ? rest : rest.subarray(0, end)
      this.#length += piece.length
      if (this.#length > this.#limit) return this.#stop()
      this.#pieces.push(piece)
      if (end < 0) return
      this.#hand()
      rest = rest.subarray(end + 1)
    }
  }

  #hand(): void {
    const frame = Buffer.concat(this.#pieces).toString('utf8')
    this.#pieces = []
    this.#length = 0
    if (frame.trim() !== '') this.#onFrame(frame)
  }

  #stop(): void {
    this.#ended = true
    this.#pieces = []
    this.#onTooLong()
  }
}
