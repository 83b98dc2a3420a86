import { alignUp, MiB } from '../../base/bytes.ts'
import type { DiskEnds, GptLayout } from './gpt-types.ts'

/** The most slots a table may have. */
export const maxSlots = 1024
/** How far into each end of a disk a table is looked for, in bytes. */
const reach = MiB

/** How many bytes of head and of tail a caller reads: 1 MiB each, or the whole of a smaller disk. */
export function gptReach(sectorSize: 512 | 4096, sectors: number): number {
  return Math.min(reach, sectorSize * sectors)
}

/** Sectors that an entry array takes. */
export function entrySectors(sectorSize: number, layout: Pick<GptLayout, 'slots' | 'entrySize'>): number {
  return alignUp(layout.slots * layout.entrySize, sectorSize) / sectorSize
}

/** A copy of `count` sectors from `lba`, out of whichever end holds all of them; empty when neither does. */
export function sectorsAt(ends: DiskEnds, lba: number, count: number): Uint8Array {
  const from = lba * ends.sectorSize
  const length = count * ends.sectorSize
  if (lba < 0 || lba + count > ends.sectors) return new Uint8Array()
  if (from + length <= ends.head.length) return ends.head.slice(from, from + length)
  const inTail = from - (ends.sectors * ends.sectorSize - ends.tail.length)
  return inTail >= 0 ? ends.tail.slice(inTail, inTail + length) : new Uint8Array()
}
