import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'
import type { Volume } from '../../model/disk.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { product, superblockFormat, volume } from './volume-format.ts'

/* Offsets count from the superblock at byte 1024 (Linux, Documentation/filesystems/ext4, "The Super Block"). */
const superblock = 1024
const compatible = { journal: 0x4 } as const
const incompatible = { needsRecovery: 0x4, journalDevice: 0x8, wide: 0x80 } as const
/** What ext2 and ext3 drivers understand; any other feature makes it ext4. */
const before4 = { incompatible: 0x2 | 0x4 | 0x10, readOnly: 0x1 | 0x2 | 0x4 } as const

/** Reads an ext2, ext3 or ext4 superblock from a volume's first bytes. */
export function parseExt(data: Uint8Array, work?: Work): Result<Volume> {
  return parseWith('ext', data, readExt, work)
}

function readExt(whole: ByteView): Volume {
  const view: ByteView = whole.part(superblock, 1024, 'superblock')
  view.require(view.u16(56, 'magic') === 0xef53, 'magic', 56, 0xef53, view.u16(56, 'magic'))
  const logBlock = view.u32(24, 'logBlockSize')
  view.require(logBlock <= 6, 'logBlockSize', 24, 'at most 6', logBlock)
  const blockSize = 1024 << logBlock
  const features = view.u32(96, 'incompatibleFeatures')
  const readOnly = view.u32(100, 'readOnlyFeatures')
  view.require(
    (features & incompatible.journalDevice) === 0,
    'incompatibleFeatures',
    96,
    'no journal device',
    features,
  )
  const wide = (features & incompatible.wide) !== 0
  const blocks = view.u32(4, 'blocks') + (wide ? view.u32(0x150, 'blocksHigh') * 2 ** 32 : 0)
  const free = view.u32(12, 'freeBlocks') + (wide ? view.u32(0x158, 'freeBlocksHigh') * 2 ** 32 : 0)
  view.require(blocks > 0, 'blocks', 4, 'at least 1', blocks)
  view.require(free <= blocks, 'freeBlocks', 12, `at most ${blocks}`, free)
  const size = product(view, blocks, blockSize, 'blocks', 4)
  const state = view.u16(58, 'state')
  const is4 = (features & ~before4.incompatible) !== 0 || (readOnly & ~before4.readOnly) !== 0
  const hasJournal = (view.u32(92, 'compatibleFeatures') & compatible.journal) !== 0
  return volume(is4 ? 'ext4' : hasJournal ? 'ext3' : 'ext2', {
    size,
    free: free * blockSize,
    dirty: (features & incompatible.needsRecovery) !== 0 || (state & 1) === 0 || (state & 2) !== 0,
    label: safeUtf8(view.bytes(120, 16, 'label')),
    uuid: uuidText(view.bytes(104, 16, 'uuid')),
  })
}

/** ext2, ext3, ext4: told apart by features, dirty when the journal must be replayed or errors are noted. */
export const extFormat = superblockFormat(
  'ext',
  ({ head }) => head[superblock + 56] === 0x53 && head[superblock + 57] === 0xef,
  readExt,
)
