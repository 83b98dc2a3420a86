import { done, fail, ok } from '../../base/result.ts'
import type { RawDisk } from '../../adapters/disk-image/raw-disk.ts'

const pageSize = 16 * 1024
const empty = new Uint8Array(pageSize)

/** A disk in memory whose copies cost nothing until they are written. A copy must not outlive the next write to its origin. */
export class CowDisk implements RawDisk {
  readonly name: string
  readonly sectorSize: 512 | 4096
  readonly size: number
  /** Where it was read, in units of 512 bytes; null: nobody asks. */
  #seen: Set<number> | null = null
  readonly #ranges: { readonly start: number; readonly end: number }[] = []
  readonly #pages = new Map<number, Uint8Array>()
  readonly #origin: CowDisk | null

  constructor(name: string, sectorSize: 512 | 4096, size: number, origin: CowDisk | null = null) {
    this.name = name
    this.sectorSize = sectorSize
    this.size = size
    this.#origin = origin
    // Called apart from their object by wrappers that spread a disk.
    this.read = this.read.bind(this)
    this.write = this.write.bind(this)
  }

  fork(): CowDisk {
    return new CowDisk(this.name, this.sectorSize, this.size, this)
  }

  /** From now on remembers what is read. */
  track(): void {
    this.#seen = new Set()
  }

  /** Somebody compared this part as a whole. */
  noteRange(start: number, size: number): void {
    this.#ranges.push({ start, end: start + size })
  }

  /** True when nobody has looked at these 512 bytes since `track`. */
  isUnseen(at: number): boolean {
    if (this.#seen === null || this.#seen.has(at / 512)) return false
    return !this.#ranges.some(({ start, end }) => at >= start && at < end)
  }

  /** A copy of its own, for good. */
  clone(): CowDisk {
    const copy = new CowDisk(this.name, this.sectorSize, this.size)
    for (const page of this.pageNumbers()) copy.#pages.set(page, this.#page(page).slice())
    return copy
  }

  pageNumbers(): Set<number> {
    return new Set([...(this.#origin?.pageNumbers() ?? []), ...this.#pages.keys()])
  }

  read(offset: number, length: number) {
    if (offset < 0 || length < 0 || offset + length > this.size)
      return fail('out-of-range', { where: this.name, found: offset, required: this.size })
    const data = new Uint8Array(length)
    for (let at = 0; at < length;) {
      const within = (offset + at) % pageSize
      const count = Math.min(pageSize - within, length - at)
      const page = this.#page(Math.floor((offset + at) / pageSize))
      if (page !== empty) data.set(page.subarray(within, within + count), at)
      at += count
    }
    return ok(data)
  }

  write(offset: number, data: Uint8Array) {
    if (offset < 0 || offset + data.length > this.size)
      return fail('out-of-range', { where: this.name, found: offset, required: this.size })
    for (let at = 0; at < data.length;) {
      const number = Math.floor((offset + at) / pageSize)
      const within = (offset + at) % pageSize
      const count = Math.min(pageSize - within, data.length - at)
      let page = this.#pages.get(number)
      if (page === undefined) this.#pages.set(number, (page = this.#page(number).slice()))
      page.set(data.subarray(at, at + count), within)
      at += count
    }
    return done
  }

  readonly flush = () => done
  readonly close = () => undefined

  /** The whole content, sector by sector where the two differ: offsets in units of 512 bytes. */
  differences(other: CowDisk): number[] {
    const offsets: number[] = []
    for (const number of new Set([...this.pageNumbers(), ...other.pageNumbers()])) {
      const two = other.#page(number)
      if (this.#page(number) === two) continue
      const one = Buffer.from(this.#page(number).buffer, this.#page(number).byteOffset, pageSize)
      if (one.equals(two)) continue
      for (let at = 0; at < pageSize; at += 512)
        if (!one.subarray(at, at + 512).equals(two.subarray(at, at + 512)))
          offsets.push(number * pageSize + at)
    }
    return offsets.sort((a, b) => a - b)
  }

  #page(number: number): Uint8Array {
    return this.#pages.get(number) ?? (this.#origin === null ? empty : this.#origin.#page(number))
  }
}
