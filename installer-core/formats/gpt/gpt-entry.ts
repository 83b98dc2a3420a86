import { lba } from '../../base/bytes.ts'
import { fromHex, guidToBytes, toHex, type Guid } from '../../base/guid.ts'
import type { ByteView } from '../byte-view.ts'
import type { GptPartition } from './gpt-types.ts'

/** Where an entry's fields lie (UEFI 2.10, table 5.6). */
const entryField = { typeGuid: 0, guid: 16, start: 32, last: 40, attributes: 48, name: 56 } as const
/** UTF-16 units of a name. */
export const nameUnits = 36

/** Reads the entry in `view` as the partition of `slot`; null when the slot is not used. */
export function readEntry(view: ByteView, slot: number): GptPartition | null {
  view.visit()
  if (isUnused(view.data)) return null
  const field = (name: string) => `partitions[${slot}].${name}`
  const start = lba(view.u64(entryField.start, field('start')))
  const last = lba(view.u64(entryField.last, field('last')))
  return {
    slot,
    typeGuid: view.guid(entryField.typeGuid, field('typeGuid')),
    guid: view.guid(entryField.guid, field('guid')),
    start,
    last,
    blocks: last - start + 1,
    attributes: toHex(view.bytes(entryField.attributes, 8, field('attributes')).reverse()),
    name: readName(view.bytes(entryField.name, 2 * nameUnits, field('name'))),
  }
}

/** A slot is unused when its type GUID is zero. */
function isUnused(entry: Uint8Array): boolean {
  for (let i = 0; i < 16; i += 1) if (entry[i] !== 0) return false
  return true
}

function readName(data: Uint8Array): string {
  let text = ''
  for (let at = 0; at < data.length; at += 2) {
    const unit = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8)
    if (unit === 0) break
    text += String.fromCharCode(unit)
  }
  return text
}

/** What a new entry says. */
export interface NewEntry {
  readonly typeGuid: Guid
  readonly guid: Guid
  readonly start: number
  readonly blocks: number
  readonly attributes: string
  readonly name: string
}

/** Writes an entry over `into`, whose bytes after the name stay. */
export function writeEntry(into: Uint8Array, entry: NewEntry): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength)
  into.set(guidToBytes(entry.typeGuid), entryField.typeGuid)
  into.set(guidToBytes(entry.guid), entryField.guid)
  view.setBigUint64(entryField.start, BigInt(entry.start), true)
  into.set(fromHex(entry.attributes).reverse(), entryField.attributes)
  writeLast(into, entry.start + entry.blocks - 1)
  for (let i = 0; i < nameUnits; i += 1)
    view.setUint16(entryField.name + 2 * i, i < entry.name.length ? entry.name.charCodeAt(i) : 0, true)
}

/** Changes only the last sector of an entry. */
export function writeLast(into: Uint8Array, last: number): void {
  new DataView(into.buffer, into.byteOffset).setBigUint64(entryField.last, BigInt(last), true)
}
