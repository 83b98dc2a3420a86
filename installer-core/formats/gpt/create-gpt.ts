import { lba } from '../../base/bytes.ts'
import type { Guid } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { crc32 } from '../crc32.ts'
import { protectiveMbr } from '../mbr/protective-mbr.ts'
import { sealHeader, writeHeader } from './gpt-header.ts'
import { entrySectors, maxSlots } from './gpt-reach.ts'
import type { GptCopy, GptDisk, GptLayout, GptRole } from './gpt-types.ts'

/** What a new table needs to know. */
export interface NewGpt {
  readonly sectorSize: 512 | 4096
  /** Length of the disk in logical sectors. */
  readonly sectors: number
  readonly diskGuid: Guid
  /** 128 unless given. */
  readonly slots?: number
}

/** An empty table with both copies and a protective MBR. Fails with `out-of-range` when the disk is too small for it. */
export function createGpt(wanted: NewGpt): Result<GptDisk> {
  const { sectorSize, sectors, diskGuid, slots = 128 } = wanted
  const count = entrySectors(sectorSize, { slots, entrySize: 128 })
  if (!(Number.isInteger(slots) && slots >= 1 && slots <= maxSlots))
    return fail('out-of-range', { what: 'slots', required: `1 to ${maxSlots}`, found: slots })
  const required = 2 * count + 4
  if (sectors < required) return fail('out-of-range', { what: 'sectors', required, found: sectors })
  const layout: GptLayout = {
    guid: diskGuid,
    firstUsable: lba(2 + count),
    lastUsable: lba(sectors - 2 - count),
    slots,
    entrySize: 128,
  }
  const place = (role: GptRole) => newCopy(sectorSize, sectors, layout, role)
  return ok({
    ...layout,
    sectorSize,
    sectors,
    protectiveMbr: 'protective',
    primary: 'valid',
    backup: 'valid',
    agree: true,
    used: 'primary',
    problems: [],
    failures: [],
    partitions: [],
    mbr: protectiveMbr(sectorSize, sectors),
    copies: { primary: place('primary'), backup: place('backup') },
  })
}

function newCopy(sectorSize: number, sectors: number, layout: GptLayout, role: GptRole): GptCopy {
  const count = entrySectors(sectorSize, layout)
  const last = sectors - 1
  const [headerLba, alternateLba, entriesLba] = role === 'primary' ? [1, last, 2] : [last, 1, last - count]
  const entries = new Uint8Array(count * sectorSize)
  const header = writeHeader(new Uint8Array(sectorSize), {
    ...layout,
    myLba: headerLba,
    alternateLba,
    entriesLba,
  })
  const sum = crc32(entries.subarray(0, layout.slots * layout.entrySize))
  return { role, headerLba, entriesLba, entries, header: sealHeader(header, sum) }
}
