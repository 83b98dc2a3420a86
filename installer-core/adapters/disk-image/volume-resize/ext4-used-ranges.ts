import { ok, type Result } from '../../../base/result.ts'
import {
  readBitmap,
  readExt4Groups,
  type Ext4Group,
  type Ext4Layout,
} from '../../../probe/volumes/ext4-groups.ts'
import type { VolumeReader } from '../../../probe/volumes/volume-reader.ts'
import { RangeList, type ByteRange } from './range-list.ts'

/** From this block up to before that one. */
type Run = readonly [first: number, behind: number]

/**
 * The parts of an ext4 that may hold something: the blocks that its bitmaps say are in use, and where a group never had
 * a bitmap, what describes the file system there. `unsupported` for a rare layout.
 */
export async function ext4UsedRanges(reader: VolumeReader): Promise<Result<readonly ByteRange[]>> {
  const read = await readExt4Groups(reader)
  if (!read.ok) return read
  const { layout, groups } = read.value
  // What lies before the first group, the start of the disk included.
  const runs: Run[] = [[0, layout.firstBlock + 1]]
  for (const group of groups) {
    const own = group.hasBitmap ? await setRuns(layout, group, reader) : ok(ownRuns(layout, group))
    if (!own.ok) return own
    for (const run of own.value) runs.push(run)
  }
  const ranges = new RangeList(reader.size)
  for (const [first, behind] of runs.sort((a, b) => a[0] - b[0]))
    ranges.add(first * layout.blockSize, (behind - first) * layout.blockSize)
  return ok(ranges.list)
}

async function setRuns(
  layout: Ext4Layout,
  group: Ext4Group,
  reader: VolumeReader,
): Promise<Result<readonly Run[]>> {
  const isUsed = await readBitmap(reader, layout, group)
  if (!isUsed.ok) return isUsed
  const { first, behind } = group
  const runs: Run[] = []
  for (let block = 0; block < behind - first; block += 1) {
    if (!isUsed.value(block)) continue
    const begin = block
    while (block < behind - first && isUsed.value(block)) block += 1
    runs.push([first + begin, first + block])
  }
  return ok(runs)
}

/** Some groups begin with a copy of the superblock: all are taken to. */
function ownRuns(
  { head, inodeBlocks }: Ext4Layout,
  { first, behind, bitmap, inodeBitmap, inodeTable }: Ext4Group,
): readonly Run[] {
  return [
    [first, Math.min(first + head, behind)],
    [bitmap, bitmap + 1],
    [inodeBitmap, inodeBitmap + 1],
    [inodeTable, inodeTable + inodeBlocks],
  ]
}
