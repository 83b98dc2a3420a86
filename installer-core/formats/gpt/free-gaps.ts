import { alignDown, alignUp, bytes, lba, MiB, type Bytes, type Lba } from '../../base/bytes.ts'
import type { GptDisk } from './gpt-types.ts'

/** Unused room on a disk. */
export interface FreeGap {
  readonly start: Lba
  readonly blocks: number
  readonly size: Bytes
}

/** Room between the usable LBAs that no partition takes, aligned inward to `alignment` bytes, sorted by start. */
export function freeGaps(gpt: GptDisk, alignment: number = MiB): readonly FreeGap[] {
  const unit = alignment / gpt.sectorSize
  const gaps: FreeGap[] = []
  let free: number = gpt.firstUsable
  const end = { start: gpt.lastUsable + 1, last: gpt.lastUsable }
  for (const { start, last } of [...gpt.partitions.toSorted((a, b) => a.start - b.start), end]) {
    const from = alignUp(free, unit)
    const blocks = alignDown(Math.min(start, end.start), unit) - from
    if (blocks > 0) gaps.push({ start: lba(from), blocks, size: bytes(blocks * gpt.sectorSize) })
    free = Math.max(free, last + 1)
  }
  return gaps
}
