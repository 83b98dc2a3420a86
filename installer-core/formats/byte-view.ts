import type { Failure } from '../base/failure.ts'
import { guidFromBytes, type Guid } from '../base/guid.ts'
import { malformed, ok, type Result } from '../base/result.ts'

/** What parsing one input cost: the bound of a parser is stated in these, not in time. */
export interface Work {
  bytes: number
  entries: number
}

/** Thrown by a view and caught by `parseWith`, never seen outside: it keeps parsers readable line by line. */
class Malformed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/**
 * Little-endian bytes whose every access is checked. An access outside, or a value that breaks the format, ends the
 * parse with a failure that names the field and its offset from the start of the whole input.
 */
export class ByteView {
  readonly format: string
  readonly data: Uint8Array
  /** Offset of `data` in the whole input, for messages. */
  readonly base: number
  readonly work: Work

  constructor(format: string, data: Uint8Array, base = 0, work: Work = { bytes: 0, entries: 0 }) {
    this.format = format
    this.data = data
    this.base = base
    this.work = work
  }

  get length(): number {
    return this.data.length
  }

  u8(offset: number, field: string): number {
    this.#check(offset, 1, field)
    return this.data[offset] ?? 0
  }

  u16(offset: number, field: string): number {
    this.#check(offset, 2, field)
    return (this.data[offset] ?? 0) | ((this.data[offset + 1] ?? 0) << 8)
  }

  u32(offset: number, field: string): number {
    return this.u16(offset, field) + this.u16(offset + 2, field) * 0x10000
  }

  /** A 64-bit number that fits 2^53 - 1; a larger one is malformed. */
  u64(offset: number, field: string): number {
    const high = this.u32(offset + 4, field)
    this.require(high < 0x200000, field, offset, 'at most 2^53 - 1', `high half ${high}`)
    return this.u32(offset, field) + high * 0x1_0000_0000
  }

  /** A copy of `length` bytes. */
  bytes(offset: number, length: number, field: string): Uint8Array {
    this.#check(offset, length, field)
    return this.data.slice(offset, offset + length)
  }

  guid(offset: number, field: string): Guid {
    return guidFromBytes(this.bytes(offset, 16, field))
  }

  /** A view of a part; failures in it still count offsets from the start of the whole input. */
  part(offset: number, length: number, field: string): ByteView {
    this.#check(offset, length, field, false)
    return new ByteView(
      this.format,
      this.data.subarray(offset, offset + length),
      this.base + offset,
      this.work,
    )
  }

  /** UTF-16LE code units from `offset` up to a NUL; malformed when none comes before the end. Lone surrogates are kept. */
  ucs2z(offset: number, field: string): { readonly text: string; readonly end: number } {
    const units: string[] = []
    for (let at = offset; ; at += 2) {
      const unit = this.u16(at, field)
      if (unit === 0) return { text: units.join(''), end: at + 2 }
      units.push(String.fromCharCode(unit))
    }
  }

  /** One more entry of a table was looked at. */
  visit(): void {
    this.work.entries += 1
  }

  /** Ends the parse unless `condition` holds. `offset` counts from the start of this view. */
  require(
    condition: boolean,
    field: string,
    offset: number,
    required: string | number,
    found: string | number,
  ): asserts condition {
    if (!condition)
      throw new Malformed(malformed(this.format, field, this.base + offset, required, found).failure)
  }

  /** Ends the parse: `found` breaks the format. */
  refuse(field: string, offset: number, required: string | number, found: string | number): never {
    throw new Malformed(malformed(this.format, field, this.base + offset, required, found).failure)
  }

  #check(offset: number, length: number, field: string, counts = true): void {
    const fits =
      Number.isSafeInteger(offset) &&
      Number.isSafeInteger(length) &&
      offset >= 0 &&
      length >= 0 &&
      offset + length <= this.data.length
    // Built only when needed: every access comes through here.
    if (!fits)
      this.refuse(field, offset, `${length} bytes`, `${Math.max(0, this.data.length - offset)} bytes left`)
    if (counts) this.work.bytes += length
  }
}

/** Runs a parser over `data`: its value, or the failure that named the field and the offset. Never throws for any input. */
export function parseWith<T>(
  format: string,
  data: Uint8Array,
  read: (view: ByteView) => T,
  work?: Work,
): Result<T> {
  try {
    return ok(read(new ByteView(format, data, 0, work)))
  } catch (thrown) {
    if (thrown instanceof Malformed) return { ok: false, failure: thrown.failure }
    throw thrown
  }
}

/** UTF-16LE bytes of `text`, NUL-terminated. */
export function toUcs2z(text: string): Uint8Array {
  const out = new Uint8Array(2 * (text.length + 1))
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    out[2 * i] = unit & 0xff
    out[2 * i + 1] = unit >> 8
  }
  return out
}
