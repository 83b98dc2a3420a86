import { alignUp, bytes, MiB, type Bytes } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import type { StageFileSystem } from '../../model/stage.ts'
import { readBitmap, readExt4Groups, type Ext4Group, type Ext4Layout } from './ext4-groups.ts'
import { ntfsWrites } from './ntfs-writes.ts'
import type { VolumeReader } from './volume-reader.ts'

/** Boot sectors, group descriptors and superblocks, and what the tools write on the way. */
const always = 16 * MiB
/** An inode that moves changes the folder that names it. */
const folderBlock = 4096

/** Blocks and inodes in use behind a size that an ext4 is to be shrunk to. */
interface Moved {
  readonly blocks: number
  readonly inodes: number
}

/**
 * The room in bytes that an overlay needs to take up shrinking a volume to `to` bytes: everything in use behind the new
 * end has to move. An estimate from the file system's own counts that errs to the safe side; an overlay that is too small
 * all the same ends the shrink before it has changed anything. `unsupported` for rare layouts of either file system.
 */
export async function overlayNeed(
  fileSystem: StageFileSystem,
  reader: VolumeReader,
  to: Bytes,
): Promise<Result<Bytes>> {
  const total = await (fileSystem === 'ext4' ? ext4Writes(reader, to) : ntfsWrites(reader, to))
  return total.ok ? ok(bytes(alignUp(always + total.value + Math.ceil(total.value / 10), MiB))) : total
}

async function ext4Writes(reader: VolumeReader, to: Bytes): Promise<Result<number>> {
  const read = await readExt4Groups(reader)
  if (!read.ok) return read
  const { layout, groups } = read.value
  const moved = await movedBehind(layout, groups, Math.floor(to / layout.blockSize), reader)
  const bitmaps = groups.length * 2 * layout.blockSize
  return ok(moved.blocks * layout.blockSize + moved.inodes * (layout.inodeSize + folderBlock) + bitmaps)
}

async function movedBehind(
  layout: Ext4Layout,
  groups: readonly Ext4Group[],
  end: number,
  reader: VolumeReader,
): Promise<Moved> {
  let [blocks, inodes] = [0, 0]
  for (const group of groups) {
    if (group.behind <= end) continue
    if (group.first >= end) {
      blocks += group.used
      inodes += group.inodes
      continue
    }
    const isUsed = group.hasBitmap ? await readBitmap(reader, layout, group) : null
    blocks +=
      isUsed?.ok === true
        ? countUsed(isUsed.value, end - group.first, group.behind - group.first)
        : Math.min(group.used, group.behind - end)
  }
  return { blocks, inodes }
}

function countUsed(isUsed: (block: number) => boolean, from: number, to: number): number {
  let count = 0
  for (let block = from; block < to; block += 1) if (isUsed(block)) count += 1
  return count
}
