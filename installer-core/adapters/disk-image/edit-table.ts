import { fail, ok, type Result } from '../../base/result.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import type { DiskEnds, GptDisk, GptEdit } from '../../formats/gpt/gpt-types.ts'
import { gptWrites } from '../../formats/gpt/gpt-writes.ts'
import { parseGpt } from '../../formats/gpt/parse-gpt.ts'
import { repairGpt } from '../../formats/gpt/repair-gpt.ts'
import type { Hasher } from '../../ports/hasher.ts'
import { tableDigest } from '../../probe/disk-ends.ts'
import type { FoundDisk } from './image-disks.ts'
import { readEnds } from './image-disks.ts'
import type { SectorWrite, WriteGroup } from './undoable-write.ts'

/** A table as it is and as it shall be. */
export interface TableChange {
  readonly old: GptDisk
  readonly edited: GptDisk
}

/**
 * What the table shall become. `table-changed` unless its digest is `expected` (null takes any). No edits: both copies say what the
 * primary says, or the backup when the primary is damaged.
 */
export function planTableChange(
  { disk }: FoundDisk,
  expected: string | null,
  edits: readonly GptEdit[],
  hasher: Hasher,
): Result<TableChange> {
  const ends = readEnds(disk)
  if (!ends.ok) return ends
  const old = parseGpt(ends.value)
  const found = tableDigest(ends.value, old.ok ? old.value : null, hasher)
  if (expected !== null && found !== expected)
    return fail('table-changed', { where: disk.name, required: expected, found })
  if (!old.ok) return old
  const edited = edits.length === 0 ? settle(ends.value, old.value) : editGpt(old.value, edits)
  return edited.ok ? ok({ old: old.value, edited: edited.value }) : edited
}

/** The writes of a table change, in groups that keep one valid copy at every instant. */
export function tableGroups({ index, disk }: FoundDisk, { old, edited }: TableChange): readonly WriteGroup[] {
  const groups: { disk: number; writes: SectorWrite[] }[] = []
  let isOpen = false
  for (const { lba, data, thenFlush } of gptWrites(edited, old)) {
    if (!isOpen) groups.push({ disk: index, writes: [] })
    groups.at(-1)?.writes.push({ offset: lba * disk.sectorSize, data })
    isOpen = !thenFlush
  }
  return groups
}

function settle(ends: DiskEnds, gpt: GptDisk): Result<GptDisk> {
  const isWhole = gpt.agree && gpt.backup === 'valid'
  return isWhole ? ok(gpt) : repairGpt(ends, gpt.primary === 'valid' ? 'primary' : 'backup')
}
