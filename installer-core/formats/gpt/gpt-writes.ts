import { lba, type Lba } from '../../base/bytes.ts'
import type { GptCopy, GptDisk, GptRole } from './gpt-types.ts'

/** One write of whole sectors. */
export interface GptWrite {
  readonly lba: Lba
  readonly data: Uint8Array
  readonly what: 'backup entries' | 'backup header' | 'primary entries' | 'primary header' | 'mbr'
  /** Everything written so far must be durable before the next write. */
  readonly thenFlush: boolean
}

/**
 * The writes that bring `gpt` onto a disk, in an order that leaves at least one valid copy at every instant, whichever
 * of the writes since the last flush arrived: one copy, flush, the other copy, flush. The backup goes first, unless it is
 * the only valid copy of `old`. With `old` (what the disk holds now) only sectors that differ are written; without it all
 * of them, and the first sector last.
 */
export function gptWrites(gpt: GptDisk, old?: GptDisk): readonly GptWrite[] {
  const order: readonly GptRole[] =
    old !== undefined && old.primary === 'damaged' ? ['primary', 'backup'] : ['backup', 'primary']
  const mbr = changed('mbr', 0, gpt.mbr, old === undefined ? null : old.mbr, gpt.sectorSize)
  const groups = [
    ...order.map((role) => copyWrites(gpt.copies[role], old?.copies[role] ?? null, gpt.sectorSize)),
    mbr,
  ]
  return groups.flatMap((group) =>
    group.map((write, index) => ({ ...write, thenFlush: index === group.length - 1 })),
  )
}

type Write = Omit<GptWrite, 'thenFlush'>

function copyWrites(copy: GptCopy, old: GptCopy | null, sectorSize: number): Write[] {
  const { role, entriesLba, headerLba } = copy
  const oldEntries = old?.entriesLba === entriesLba ? old.entries : null
  const oldHeader = old?.headerLba === headerLba ? old.header : null
  return [
    ...changed(`${role} entries`, entriesLba, copy.entries, oldEntries, sectorSize),
    ...changed(`${role} header`, headerLba, copy.header, oldHeader, sectorSize),
  ]
}

/** Runs of neighbouring sectors of `data` that are not the same in `old`. */
function changed(
  what: GptWrite['what'],
  start: number,
  data: Uint8Array,
  old: Uint8Array | null,
  sectorSize: number,
): Write[] {
  const runs: { from: number; to: number }[] = []
  for (let at = 0; at < data.length; at += sectorSize) {
    const end = at + sectorSize
    if (old !== null && isSame(data.subarray(at, end), old.subarray(at, end))) continue
    const run = runs.at(-1)
    if (run?.to === at) run.to = end
    else runs.push({ from: at, to: end })
  }
  return runs.map(({ from, to }) => ({
    lba: lba(start + from / sectorSize),
    data: data.slice(from, to),
    what,
  }))
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
