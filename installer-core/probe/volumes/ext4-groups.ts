import { fail, ok, type Result } from '../../base/result.ts'
import type { VolumeReader } from './volume-reader.ts'

/* Linux, Documentation/filesystems/ext4: offsets in the superblock (at byte 1024) and in a group's descriptor. */
const superblock = 1024
const incompatible = { metaGroups: 0x10, wide: 0x80 } as const
const readOnlyCompatible = { clusters: 0x200 } as const
/** A group's flag: its bitmap was never written (BLOCK_UNINIT). */
const noBitmap = 2

/** How an ext4 is laid out; numbers of blocks, where nothing else is said. */
export interface Ext4Layout {
  readonly blocks: number
  /** Bytes of a block. */
  readonly blockSize: number
  /** The block with the superblock: what lies before it belongs to no group. */
  readonly firstBlock: number
  readonly perGroup: number
  /** Inodes of a group, bytes of one, and the blocks that a group's take. */
  readonly inodesPerGroup: number
  readonly inodeSize: number
  readonly inodeBlocks: number
  /** What a superblock and the descriptors behind it take at most, with the room kept for more of them. */
  readonly head: number
}

/** A group's blocks, from `first` up to `behind`; counts of what is in use of them and of its inodes. */
export interface Ext4Group {
  readonly first: number
  readonly behind: number
  readonly used: number
  readonly inodes: number
  /** The block with the bitmap of blocks. */
  readonly bitmap: number
  /** False where that bitmap was never written: nothing is in use but what describes the file system itself. */
  readonly hasBitmap: boolean
  readonly inodeBitmap: number
  /** The first block of its inodes. */
  readonly inodeTable: number
}

/**
 * The block groups of a volume that is known to hold an ext4. `unsupported` for the rare layouts whose descriptors lie
 * scattered (meta_bg) or whose bitmaps count clusters (bigalloc).
 */
export async function readExt4Groups(
  reader: VolumeReader,
): Promise<Result<{ readonly layout: Ext4Layout; readonly groups: readonly Ext4Group[] }>> {
  const first = await reader.read(superblock, 1024)
  if (!first.ok) return first
  const fields = new DataView(first.value.buffer, first.value.byteOffset)
  if ((fields.getUint32(96, true) & incompatible.metaGroups) !== 0)
    return fail('unsupported', { what: 'ext4 with meta_bg' })
  if ((fields.getUint32(100, true) & readOnlyCompatible.clusters) !== 0)
    return fail('unsupported', { what: 'ext4 with bigalloc' })
  const descriptor = descriptorBytes(fields)
  const layout = layoutOf(fields, descriptor)
  const start = (layout.firstBlock + 1) * layout.blockSize
  const table = await reader.read(start, groupCount(layout) * descriptor)
  if (!table.ok) return table
  const view = new DataView(table.value.buffer, table.value.byteOffset)
  return ok({ layout, groups: groupsOf(layout, descriptor, view) })
}

/** Tells of each of a group's blocks, counted from its first, whether it is in use; of a group that has a bitmap. */
export async function readBitmap(
  reader: VolumeReader,
  { blockSize }: Ext4Layout,
  { bitmap }: Ext4Group,
): Promise<Result<(block: number) => boolean>> {
  const bits = await reader.read(bitmap * blockSize, blockSize)
  return bits.ok ? ok((block) => (((bits.value[block >> 3] ?? 0) >> (block & 7)) & 1) === 1) : bits
}

function isWide(fields: DataView): boolean {
  return (fields.getUint32(96, true) & incompatible.wide) !== 0
}

function descriptorBytes(fields: DataView): number {
  return isWide(fields) ? Math.max(64, fields.getUint16(0xfe, true)) : 32
}

function groupCount({ blocks, firstBlock, perGroup }: Ext4Layout): number {
  return Math.ceil((blocks - firstBlock) / perGroup)
}

function layoutOf(fields: DataView, descriptor: number): Ext4Layout {
  const at = (offset: number) => fields.getUint32(offset, true)
  const blockSize = 1024 << Math.min(6, at(24))
  const [inodesPerGroup, inodeSize] = [at(40), fields.getUint16(88, true)]
  const layout = {
    blocks: at(4) + (isWide(fields) ? at(0x150) * 2 ** 32 : 0),
    blockSize,
    firstBlock: at(20),
    perGroup: Math.max(1, at(32)),
    inodesPerGroup,
    inodeSize,
    inodeBlocks: Math.ceil((inodesPerGroup * inodeSize) / blockSize),
    head: 0,
  }
  const descriptors = Math.ceil((groupCount(layout) * descriptor) / blockSize)
  return { ...layout, head: 1 + descriptors + fields.getUint16(0xce, true) }
}

function groupsOf(layout: Ext4Layout, descriptor: number, table: DataView): readonly Ext4Group[] {
  const isLong = descriptor >= 64
  return Array.from({ length: groupCount(layout) }, (_, group): Ext4Group => {
    const at = group * descriptor
    const first = layout.firstBlock + group * layout.perGroup
    const behind = Math.min(first + layout.perGroup, layout.blocks)
    const short = (low: number, high: number) =>
      table.getUint16(at + low, true) + (isLong ? table.getUint16(at + high, true) * 0x10000 : 0)
    const block = (low: number) =>
      table.getUint32(at + low, true) + (isLong ? table.getUint32(at + low + 32, true) * 2 ** 32 : 0)
    return {
      first,
      behind,
      used: behind - first - short(12, 44),
      inodes: layout.inodesPerGroup - short(14, 46),
      bitmap: block(0),
      hasBitmap: (table.getUint16(at + 18, true) & noBitmap) === 0,
      inodeBitmap: block(4),
      inodeTable: block(8),
    }
  })
}
