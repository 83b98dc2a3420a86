import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '../../base/result.ts'
import { unreachable, type Patience } from './http-request.ts'

/** The body of an answer, taken as far as it is wanted and no further: what is read is bounded by who reads. */
export class HttpBody {
  /** Bytes taken so far. */
  position = 0
  readonly #answer: IncomingMessage
  readonly #pieces: AsyncIterator<Buffer>
  readonly #url: URL
  readonly #patience: Patience
  #rest: Uint8Array = new Uint8Array()

  constructor(answer: IncomingMessage, url: URL, patience: Patience) {
    this.#answer = answer
    this.#pieces = (answer as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
    this.#url = url
    this.#patience = patience
  }

  /** The next `length` bytes. `source-cut-short` when the body ends before; `source-unreachable` when it stalls. */
  async take(length: number): Promise<Result<Uint8Array>> {
    const out = new Uint8Array(length)
    const read = await this.#read(length, (piece, at) => out.set(piece, at))
    if (!read.ok) return read
    if (read.value === length) return ok(out)
    return fail('source-cut-short', { what: this.#url.href, required: length, found: read.value })
  }

  /** Passes over `length` bytes. */
  async skip(length: number): Promise<Result<number>> {
    return this.#read(length, () => undefined)
  }

  /** What is left, when it is at most `limit` bytes; else `source-endless`. */
  async takeRest(limit: number): Promise<Result<Uint8Array>> {
    const said = Number(this.#answer.headers['content-length'] ?? 0)
    if (said > limit) return this.#endless(limit)
    const pieces: Uint8Array[] = []
    const read = await this.#read(limit + 1, (piece) => pieces.push(piece.slice()))
    if (!read.ok) return read
    if (read.value > limit) return this.#endless(limit)
    // Node ends a body that breaks off with an error, except when its length was never said.
    return ok(Buffer.concat(pieces))
  }

  /** That nothing follows any more; else `source-endless`. */
  async end(limit: number): Promise<Result<void>> {
    const more = await this.#read(1, () => undefined)
    if (!more.ok) return more
    return more.value === 0 ? ok(undefined) : this.#endless(limit)
  }

  close(): void {
    this.#answer.destroy()
  }

  async #read(length: number, use: (piece: Uint8Array, at: number) => void): Promise<Result<number>> {
    const { silenceMs, bytesPerSecond } = this.#patience
    const deadline = performance.now() + silenceMs + (length / bytesPerSecond) * 1000
    let count = 0
    try {
      while (count < length) {
        if (this.#rest.length === 0) {
          if (performance.now() > deadline) return unreachable(this.#url, 'too slow')
          const next = await this.#pieces.next()
          if (next.done === true) break
          this.#rest = next.value
        }
        const piece = this.#rest.subarray(0, length - count)
        use(piece, count)
        this.#rest = this.#rest.subarray(piece.length)
        count += piece.length
      }
    } catch (error) {
      if (isCutOff(error)) {
        this.position += count
        return fail('source-cut-short', { what: this.#url.href, required: length, found: count })
      }
      return unreachable(this.#url, error)
    }
    this.position += count
    return ok(count)
  }

  #endless(limit: number): Result<never> {
    this.close()
    return fail('source-endless', { what: this.#url.href, required: limit })
  }
}

function isCutOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}
