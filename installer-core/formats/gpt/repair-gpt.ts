import type { Result } from '../../base/result.ts'
import { crc32 } from '../crc32.ts'
import { examineCopy } from './examine-copy.ts'
import { headerField, sealHeader, writeHeader, type GptHeader } from './gpt-header.ts'
import { entrySectors, sectorsAt } from './gpt-reach.ts'
import type { DiskEnds, GptCopy, GptDisk, GptRole } from './gpt-types.ts'
import { parseGpt } from './parse-gpt.ts'

/**
 * The table with both copies saying what the copy `from` says: for recovery after a cut between the two, never done
 * unasked. The rebuilt copy keeps its place and every byte around it. Fails with `malformed` when `from` is damaged. Write
 * it with `gptWrites(repaired, parsed)`.
 */
export function repairGpt(ends: DiskEnds, from: GptRole): Result<GptDisk> {
  const last = ends.sectors - 1
  const headerLba = { primary: 1, backup: last }
  const good = examineCopy(ends, from, headerLba[from], { bytes: 0, entries: 0 })
  if (good.failure !== null) return { ok: false, failure: good.failure }
  if (good.content === null) return parseGpt(ends)
  const other: GptRole = from === 'primary' ? 'backup' : 'primary'
  const rebuilt = rebuild(ends, good.copy, good.content.header, other, headerLba[other])
  const self = seal(good.copy, good.content.header, { alternateLba: headerLba[other] })
  const repaired = parseGpt(overlay(ends, [rebuilt, self]))
  if (!repaired.ok || repaired.value.agree) return repaired
  const left = repaired.value.failures[0]
  return left === undefined ? repaired : { ok: false, failure: left }
}

function rebuild(
  ends: DiskEnds,
  good: GptCopy,
  header: GptHeader,
  role: GptRole,
  headerLba: number,
): GptCopy {
  const count = entrySectors(ends.sectorSize, header)
  const sector = sectorsAt(ends, headerLba, 1)
  const usual = role === 'primary' ? 2 : headerLba - count
  const named = placeOfEntries(sector, header, role, headerLba, count) ?? usual
  const entriesLba = sectorsAt(ends, named, count).length > 0 ? named : usual
  const entries = sectorsAt(ends, entriesLba, count)
  if (entries.length > 0) entries.set(good.entries.subarray(0, header.slots * header.entrySize))
  // Reserved bytes within the header belong to the table; bytes after it belong to the sector.
  const size = new DataView(good.header.buffer).getUint32(headerField.size, true)
  sector.set(good.header.subarray(0, size))
  const copy: GptCopy = { role, headerLba, entriesLba, header: sector, entries }
  return seal(copy, header, { alternateLba: good.headerLba })
}

/** Where the damaged header says that its entries are, when that can be. */
function placeOfEntries(
  sector: Uint8Array,
  header: GptHeader,
  role: GptRole,
  headerLba: number,
  count: number,
): number | null {
  const named = Number(new DataView(sector.buffer).getBigUint64(headerField.entriesLba, true))
  const [from, to] = role === 'primary' ? [2, header.firstUsable] : [header.lastUsable + 1, headerLba]
  return named >= from && named + count <= to ? named : null
}

function seal(copy: GptCopy, header: GptHeader, where: { readonly alternateLba: number }): GptCopy {
  const written = writeHeader(copy.header, {
    ...header,
    myLba: copy.headerLba,
    alternateLba: where.alternateLba,
    entriesLba: copy.entriesLba,
  })
  const sum = crc32(copy.entries.subarray(0, header.slots * header.entrySize))
  return { ...copy, header: sealHeader(written, sum) }
}

/** The ends of the disk as they are once these copies are written. */
function overlay(ends: DiskEnds, copies: readonly GptCopy[]): DiskEnds {
  const head = ends.head.slice()
  const tail = ends.tail.slice()
  const tailAt = ends.sectors * ends.sectorSize - tail.length
  for (const copy of copies)
    for (const [at, data] of [
      [copy.entriesLba * ends.sectorSize, copy.entries],
      [copy.headerLba * ends.sectorSize, copy.header],
    ] as const) {
      if (at + data.length <= head.length) head.set(data, at)
      if (at >= tailAt) tail.set(data, at - tailAt)
    }
  return { ...ends, head, tail }
}
