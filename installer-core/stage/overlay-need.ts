import { alignUp, bytes, MiB, type Bytes } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { VolumeReader } from '../probe/volumes/volume-reader.ts'

/** Bitmaps, group descriptors and superblocks, and what the tools write on the way. */
const always = 16 * MiB
/** An inode that moves changes the folder that names it. */
const folderBlock = 4096
/* Linux, Documentation/filesystems/ext4: offsets in the superblock (at byte 1024) and in a group's descriptor. */
const superblock = 1024
const incompatible = { metaGroups: 0x10, wide: 0x80 } as const
/** A group's flag: its bitmap was never written (BLOCK_UNINIT). */
const noBitmap = 2

/** Blocks and inodes in use behind a size that an ext4 is to be shrunk to. */
interface Moved {
  readonly blocks: number
  readonly inodes: number
}

/**
 * The room in bytes that an overlay needs to take up shrinking an ext4 to `to` bytes: everything in use behind the new
 * end has to move. An estimate from the file system's own counts that errs to the safe side; an overlay that is too small
 * all the same ends the shrink before it has changed anything. `unsupported` for a rare layout of the descriptors.
 */
export async function overlayNeed(reader: VolumeReader, to: Bytes): Promise<Result<Bytes>> {
  const first = await reader.read(superblock, 1024)
  if (!first.ok) return first
  const layout = layoutOf(new DataView(first.value.buffer, first.value.byteOffset))
  if (layout.isMeta) return fail('unsupported', { what: 'ext4 with meta_bg' })
  const start = (layout.firstBlock + 1) * layout.blockSize
  const table = await reader.read(start, layout.groups * layout.descriptor)
  if (!table.ok) return table
  const groups = groupsOf(layout, new DataView(table.value.buffer, table.value.byteOffset))
  const moved = await movedBehind(layout, groups, Math.floor(to / layout.blockSize), reader)
  const bitmaps = layout.groups * 2 * layout.blockSize
  const total = moved.blocks * layout.blockSize + moved.inodes * (layout.inodeSize + folderBlock) + bitmaps
  return ok(bytes(alignUp(always + total + Math.ceil(total / 10), MiB)))
}

type Layout = ReturnType<typeof layoutOf>

function layoutOf(fields: DataView) {
  const at = (offset: number) => fields.getUint32(offset, true)
  const features = at(96)
  const isWide = (features & incompatible.wide) !== 0
  const blocks = at(4) + (isWide ? at(0x150) * 2 ** 32 : 0)
  const [firstBlock, perGroup] = [at(20), Math.max(1, at(32))]
  return {
    blocks,
    firstBlock,
    perGroup,
    blockSize: 1024 << Math.min(6, at(24)),
    inodesPerGroup: at(40),
    inodeSize: fields.getUint16(88, true),
    descriptor: isWide ? Math.max(64, fields.getUint16(0xfe, true)) : 32,
    groups: Math.ceil((blocks - firstBlock) / perGroup),
    isMeta: (features & incompatible.metaGroups) !== 0,
  }
}

/** A group's blocks, from `first` up to `behind`, and what is in use of them and of its inodes. */
interface Group {
  readonly first: number
  readonly behind: number
  readonly used: number
  readonly inodes: number
  /** The block with the bitmap; null where the group has none yet. */
  readonly bitmap: number | null
}

function groupsOf(layout: Layout, table: DataView): readonly Group[] {
  const isLong = layout.descriptor >= 64
  return Array.from({ length: layout.groups }, (_, group): Group => {
    const at = group * layout.descriptor
    const first = layout.firstBlock + group * layout.perGroup
    const behind = Math.min(first + layout.perGroup, layout.blocks)
    const short = (low: number, high: number) =>
      table.getUint16(at + low, true) + (isLong ? table.getUint16(at + high, true) * 0x10000 : 0)
    const bitmap = table.getUint32(at, true) + (isLong ? table.getUint32(at + 32, true) * 2 ** 32 : 0)
    return {
      first,
      behind,
      used: behind - first - short(12, 44),
      inodes: layout.inodesPerGroup - short(14, 46),
      bitmap: (table.getUint16(at + 18, true) & noBitmap) === 0 ? bitmap : null,
    }
  })
}

async function movedBehind(
  { blockSize }: Layout,
  groups: readonly Group[],
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
    const bits = group.bitmap === null ? null : await reader.read(group.bitmap * blockSize, blockSize)
    blocks +=
      bits?.ok === true
        ? setBits(bits.value, end - group.first, group.behind - group.first)
        : Math.min(group.used, group.behind - end)
  }
  return { blocks, inodes }
}

function setBits(bitmap: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let bit = from; bit < to; bit += 1) count += ((bitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1
  return count
}
