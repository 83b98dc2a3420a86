/** A stretch of a volume in bytes from its start. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** Stretches of a volume of `size` bytes, in order; neighbours are joined as they come. */
export class RangeList {
  readonly list: { offset: number; length: number }[] = []
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  /** `offset` is not less than any before it. */
  add(offset: number, length: number): void {
    const end = Math.min(offset + length, this.#size)
    const last = this.list.at(-1)
    if (last !== undefined && offset <= last.offset + last.length)
      last.length = Math.max(last.length, end - last.offset)
    else if (offset < end) this.list.push({ offset, length: end - offset })
  }
}
