import { alignDown, alignUp, bytes, lba, MiB } from '../base/bytes.ts'
import type { Gap } from '../model/disk.ts'

/** Sectors in use, first to last. */
export interface UsedRange {
  readonly start: number
  readonly last: number
}

/** Unused room between two sectors (both included), aligned inward to 1 MiB, sorted by start. */
export function findGaps(
  firstUsable: number,
  lastUsable: number,
  used: readonly UsedRange[],
  sectorSize: number,
): readonly Gap[] {
  const unit = MiB / sectorSize
  const sorted = used
    .map(({ start, last }) => ({ start: Math.min(start, last), last: Math.max(start, last) }))
    .sort((a, b) => a.start - b.start)
  const gaps: Gap[] = []
  let next = firstUsable
  for (const { start, last } of [...sorted, { start: lastUsable + 1, last: lastUsable + 1 }]) {
    const from = alignUp(next, unit)
    const end = alignDown(Math.min(start, lastUsable + 1), unit)
    if (end > from)
      gaps.push({ start: lba(from), blocks: end - from, size: bytes((end - from) * sectorSize) })
    next = Math.max(next, last + 1)
  }
  return gaps
}
