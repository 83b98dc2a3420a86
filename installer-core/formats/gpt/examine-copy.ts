import type { Failure } from '../../base/failure.ts'
import { ByteView, parseWith, type Work } from '../byte-view.ts'
import { crc32 } from '../crc32.ts'
import { readEntry } from './gpt-entry.ts'
import { headerField, readHeader, type GptHeader } from './gpt-header.ts'
import { entrySectors, sectorsAt } from './gpt-reach.ts'
import type { DiskEnds, GptCopy, GptPartition, GptRole } from './gpt-types.ts'

/** What one copy says, and its bytes. */
export interface ExaminedCopy {
  readonly copy: GptCopy
  /** Null when the copy is damaged; then `failure` says why. */
  readonly content: { readonly header: GptHeader; readonly partitions: readonly GptPartition[] } | null
  readonly failure: Failure | null
}

/** Examines one copy of the table whose header should be at `headerLba`, without regard to the other copy. */
export function examineCopy(ends: DiskEnds, role: GptRole, headerLba: number, work: Work): ExaminedCopy {
  const sector = sectorsAt(ends, headerLba, 1)
  const copy = { role, headerLba, entriesLba: 0, header: sector, entries: new Uint8Array() }
  const view = new ByteView('gpt', sector, headerLba * ends.sectorSize, work)
  const header = parseWith('gpt', sector, () => checkedHeader(view, ends, role, headerLba), work)
  if (!header.ok) return { copy, content: null, failure: header.failure }
  const entries = sectorsAt(ends, header.value.entriesLba, entrySectors(ends.sectorSize, header.value))
  const whole = { ...copy, entriesLba: header.value.entriesLba, entries }
  const partitions = parseWith('gpt', entries, () => readEntries(whole, view, header.value, ends), work)
  return partitions.ok
    ? { copy: whole, content: { header: header.value, partitions: partitions.value }, failure: null }
    : { copy: whole, content: null, failure: partitions.failure }
}

function checkedHeader(view: ByteView, ends: DiskEnds, role: GptRole, at: number): GptHeader {
  view.require(view.length > 0, `${role}.header.myLba`, 0, 'a sector near an end of the disk', at)
  const header = readHeader(view, role, at)
  const { firstUsable, lastUsable, entriesLba } = header
  const name = (field: string) => `${role}.header.${field}`
  const usable = firstUsable <= lastUsable + 1 && lastUsable < ends.sectors
  view.require(
    usable,
    name('lastUsable'),
    headerField.lastUsable,
    `${firstUsable} to ${ends.sectors}`,
    lastUsable,
  )
  const [from, to] = role === 'primary' ? [at + 1, firstUsable] : [lastUsable + 1, at]
  const fits = entriesLba >= from && entriesLba + entrySectors(ends.sectorSize, header) <= to
  view.require(fits, name('entriesLba'), headerField.entriesLba, `within ${from} to ${to - 1}`, entriesLba)
  return header
}

function readEntries(copy: GptCopy, headerView: ByteView, header: GptHeader, ends: DiskEnds): GptPartition[] {
  const { role, entries } = copy
  const size = header.slots * header.entrySize
  const reachable = entries.length >= size
  headerView.require(
    reachable,
    `${role}.header.entriesLba`,
    headerField.entriesLba,
    'near an end of the disk',
    copy.entriesLba,
  )
  const view = new ByteView('gpt', entries, copy.entriesLba * ends.sectorSize, headerView.work)
  const computed = crc32(view.bytes(0, size, `${role}.entries`))
  const stored = header.entriesCrc32
  headerView.require(computed === stored, `${role}.entries.crc32`, headerField.entriesCrc32, stored, computed)
  const partitions: GptPartition[] = []
  for (let slot = 1; slot <= header.slots; slot += 1) {
    const at = (slot - 1) * header.entrySize
    const partition = readEntry(view.part(at, header.entrySize, `partitions[${slot}]`), slot)
    if (partition !== null) partitions.push(partition)
  }
  return partitions
}
