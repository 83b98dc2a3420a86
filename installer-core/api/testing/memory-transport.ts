import type { Transport } from '../transport.ts'

/** One end of a connection in memory; frames arrive in later turns, as on a wire. */
export interface MemoryEnd extends Transport {
  /** Every frame that this end sent. */
  readonly sent: string[]
}

/** Two ends of a connection. */
export function memoryConnection(): readonly [MemoryEnd, MemoryEnd] {
  const [a, b] = [new End(), new End()]
  a.other = b
  b.other = a
  return [a, b]
}

class End implements MemoryEnd {
  readonly sent: string[] = []
  other: End | null = null
  #open = true
  #frame: (frame: string) => void = () => undefined
  #close: () => void = () => undefined

  send(frame: string): void {
    if (!this.#open) return
    this.sent.push(frame)
    setImmediate(() => this.other?.receive(frame))
  }

  receive(frame: string): void {
    if (this.#open) this.#frame(frame)
  }

  onFrame(listener: (frame: string) => void): void {
    this.#frame = listener
  }

  onClose(listener: () => void): void {
    this.#close = listener
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    setImmediate(() => {
      this.#close()
      this.other?.close()
    })
  }
}
