import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, product, superblockFormat, u32be, u64be, volume } from './volume-format.ts'

/** XFS, big-endian (XFS Algorithms & Data Structures, "Superblocks"). The free count is exact after a clean unmount. */
export const xfsFormat = superblockFormat(
  'xfs',
  ({ head }) => hasText(head, 0, 'XFSB'),
  (view: ByteView) => {
    const blockSize = u32be(view, 4, 'blockSize')
    const blocks = u64be(view, 8, 'blocks')
    const free = u64be(view, 144, 'freeBlocks')
    view.require(blockSize >= 512 && blockSize <= 65_536, 'blockSize', 4, '512 to 65536', blockSize)
    view.require(free <= blocks, 'freeBlocks', 144, `at most ${blocks}`, free)
    const size = product(view, blocks, blockSize, 'blocks', 8)
    const uuid = uuidText(view.bytes(32, 16, 'uuid'))
    return volume('xfs', {
      size,
      free: free * blockSize,
      label: safeUtf8(view.bytes(108, 12, 'label')),
      uuid,
    })
  },
)
