import { lba } from '../../base/bytes.ts'
import { guidToBytes } from '../../base/guid.ts'
import type { ByteView } from '../byte-view.ts'
import { crc32 } from '../crc32.ts'
import { maxSlots } from './gpt-reach.ts'
import type { GptLayout, GptRole } from './gpt-types.ts'

/** Where the header's fields lie (UEFI 2.10, table 5.5). */
export const headerField = {
  signature: 0,
  revision: 8,
  size: 12,
  crc32: 16,
  myLba: 24,
  alternateLba: 32,
  firstUsable: 40,
  lastUsable: 48,
  guid: 56,
  entriesLba: 72,
  slots: 80,
  entrySize: 84,
  entriesCrc32: 88,
} as const
export const minHeaderSize = 92
const signature = 'EFI PART'
const revision = 0x0001_0000

/** The header of one copy. */
export interface GptHeader extends GptLayout {
  readonly alternateLba: number
  readonly entriesLba: number
  readonly entriesCrc32: number
}

/** True when the sector starts with the GPT signature. */
export function hasGptSignature(sector: Uint8Array): boolean {
  for (let i = 0; i < signature.length; i += 1) if (sector[i] !== signature.charCodeAt(i)) return false
  return true
}

/** Reads and checks the header in `view`, one sector long, that is expected at `at`. */
export function readHeader(view: ByteView, role: GptRole, at: number): GptHeader {
  const field = (name: string) => `${role}.header.${name}`
  view.require(hasGptSignature(view.data), field('signature'), 0, signature, 'something else')
  const found = view.u32(headerField.revision, field('revision'))
  view.require(found === revision, field('revision'), headerField.revision, revision, found)
  const size = view.u32(headerField.size, field('size'))
  const fits = size >= minHeaderSize && size <= view.length
  view.require(fits, field('size'), headerField.size, `${minHeaderSize} to ${view.length}`, size)
  const stored = view.u32(headerField.crc32, field('crc32'))
  const computed = headerCrc32(view.bytes(0, size, field('size')))
  view.require(stored === computed, field('crc32'), headerField.crc32, computed, stored)
  const myLba = view.u64(headerField.myLba, field('myLba'))
  view.require(myLba === at, field('myLba'), headerField.myLba, at, myLba)
  return readLayout(view, field)
}

function readLayout(view: ByteView, field: (name: string) => string): GptHeader {
  const u64 = (name: 'alternateLba' | 'firstUsable' | 'lastUsable' | 'entriesLba') =>
    view.u64(headerField[name], field(name))
  const u32 = (name: 'slots' | 'entrySize' | 'entriesCrc32') => view.u32(headerField[name], field(name))
  const slots = u32('slots')
  view.require(slots >= 1 && slots <= maxSlots, field('slots'), headerField.slots, `1 to ${maxSlots}`, slots)
  const entrySize = u32('entrySize')
  const isPower = entrySize >= 128 && (entrySize & (entrySize - 1)) === 0
  view.require(isPower, field('entrySize'), headerField.entrySize, '128 · 2^n', entrySize)
  return {
    guid: view.guid(headerField.guid, field('guid')),
    alternateLba: u64('alternateLba'),
    firstUsable: lba(u64('firstUsable')),
    lastUsable: lba(u64('lastUsable')),
    entriesLba: u64('entriesLba'),
    slots,
    entrySize,
    entriesCrc32: u32('entriesCrc32'),
  }
}

/** The checksum a header must carry: over all of it, with the checksum's own four bytes as zeros. */
export function headerCrc32(header: Uint8Array): number {
  const copy = header.slice()
  copy.fill(0, headerField.crc32, headerField.crc32 + 4)
  return crc32(copy)
}

/** The header sector with this checksum of the entry array, and its own checksum put right. All other bytes stay. */
export function sealHeader(sector: Uint8Array, entriesCrc32: number): Uint8Array {
  const out = sector.slice()
  const view = new DataView(out.buffer)
  view.setUint32(headerField.entriesCrc32, entriesCrc32, true)
  const size = view.getUint32(headerField.size, true)
  view.setUint32(headerField.crc32, headerCrc32(out.subarray(0, size)), true)
  return out
}

/** What a header written by Berth says. */
export interface NewHeader extends GptLayout {
  readonly myLba: number
  readonly alternateLba: number
  readonly entriesLba: number
}

/** Writes every field but the two checksums into a copy of `sector`; bytes that Berth does not know stay. */
export function writeHeader(sector: Uint8Array, header: NewHeader): Uint8Array {
  const out = sector.slice()
  const view = new DataView(out.buffer)
  for (let i = 0; i < signature.length; i += 1) out[i] = signature.charCodeAt(i)
  view.setUint32(headerField.revision, revision, true)
  const size = view.getUint32(headerField.size, true)
  if (size < minHeaderSize || size > sector.length) view.setUint32(headerField.size, minHeaderSize, true)
  for (const name of ['myLba', 'alternateLba', 'firstUsable', 'lastUsable', 'entriesLba'] as const)
    view.setBigUint64(headerField[name], BigInt(header[name]), true)
  out.set(guidToBytes(header.guid), headerField.guid)
  view.setUint32(headerField.slots, header.slots, true)
  view.setUint32(headerField.entrySize, header.entrySize, true)
  return out
}
