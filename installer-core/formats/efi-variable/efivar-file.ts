import type { Result } from '../../base/result.ts'
import { parseWith, type Work } from '../byte-view.ts'

/** EFI_VARIABLE_* bits (UEFI 2.10, 8.2). */
export const variableAttribute = {
  nonVolatile: 0x1,
  bootService: 0x2,
  runtime: 0x4,
  hardwareError: 0x8,
  timeBasedAuthentication: 0x20,
  append: 0x40,
  /** Set by Apple's firmware, part of no specification. */
  apple: 0x80000000,
} as const

/** A file of efivarfs: the variable's attributes, then its data. */
export interface EfivarFile {
  /** As stored: `withoutForeignBits` before comparing. */
  readonly attributes: number
  readonly data: Uint8Array
}

/** Reads a file of efivarfs (Linux, Documentation/filesystems/efivarfs): 4 bytes of attributes, data of any length. */
export function parseEfivarFile(file: Uint8Array, work?: Work): Result<EfivarFile> {
  return parseWith(
    'efivar-file',
    file,
    (view) => {
      const attributes = view.u32(0, 'attributes')
      return { attributes, data: view.bytes(4, view.length - 4, 'data') }
    },
    work,
  )
}

/** What one write to efivarfs must hold. */
export function serialiseEfivarFile(file: EfivarFile): Uint8Array {
  const out = new Uint8Array(4 + file.data.length)
  new DataView(out.buffer).setUint32(0, file.attributes, true)
  out.set(file.data, 4)
  return out
}

/** The attributes without the bit that Apple's firmware adds. */
export function withoutForeignBits(attributes: number): number {
  return (attributes & ~variableAttribute.apple) >>> 0
}
