import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'

/** Reads BootOrder (UEFI 2.10, 3.3): 16-bit numbers in the order they are tried; malformed when a byte is left over. */
export function parseBootOrder(data: Uint8Array, work?: Work): Result<readonly number[]> {
  return parseWith(
    'boot-order',
    data,
    (view: ByteView) => {
      view.require(view.length % 2 === 0, 'length', 0, 'even', view.length)
      return Array.from({ length: view.length / 2 }, (_, i) => view.u16(2 * i, 'boot number'))
    },
    work,
  )
}

/** The data of BootOrder. */
export function serialiseBootOrder(numbers: readonly number[]): Uint8Array {
  const out = new Uint8Array(2 * numbers.length)
  numbers.forEach((number, i) => {
    out[2 * i] = number & 0xff
    out[2 * i + 1] = number >> 8
  })
  return out
}

/** Reads BootNext or BootCurrent: one number; null when the variable is there but empty, as some firmware leaves it. */
export function parseBootNumber(data: Uint8Array, work?: Work): Result<number | null> {
  return parseWith(
    'boot-number',
    data,
    (view: ByteView) => {
      view.require(view.length === 2 || view.length === 0, 'length', 0, '2 or 0', view.length)
      return view.length === 0 ? null : view.u16(0, 'boot number')
    },
    work,
  )
}

/** The data of BootNext. */
export function serialiseBootNumber(number: number): Uint8Array {
  return serialiseBootOrder([number])
}
