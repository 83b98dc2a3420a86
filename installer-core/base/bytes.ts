declare const unit: unique symbol

/** A length or position in bytes: a whole number from 0 to 2^53 - 1. */
export type Bytes = number & { readonly [unit]: 'bytes' }
/** A logical block address: a position on a disk, counted in logical sectors from 0. */
export type Lba = number & { readonly [unit]: 'lba' }

export const KiB = 1024
export const MiB = 1024 * KiB
export const GiB = 1024 * MiB

/** Marks a number as a count of bytes. A number that cannot be one is a bug of the caller, hence thrown. */
export function bytes(value: number): Bytes {
  return wholeNumber(value) as Bytes
}

/** Marks a number as a logical block address. */
export function lba(value: number): Lba {
  return wholeNumber(value) as Lba
}

/** Rounds `value` down to a multiple of `unitSize` (both in the same unit). */
export function alignDown(value: number, unitSize: number): number {
  return value - (value % unitSize)
}

/** Rounds `value` up to a multiple of `unitSize` (both in the same unit). */
export function alignUp(value: number, unitSize: number): number {
  return alignDown(value + unitSize - 1, unitSize)
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number of units: ${value}`)
  return value
}
