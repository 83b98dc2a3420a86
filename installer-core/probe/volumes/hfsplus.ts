import type { ByteView } from '../../formats/byte-view.ts'
import { hasText, superblockFormat, u32be, volume } from './volume-format.ts'

const at = 1024
const unmounted = 0x100

/** HFS Plus and HFSX, big-endian (Apple's Technical Note 1150, "Volume Header"). */
export const hfsplusFormat = superblockFormat(
  'hfsplus',
  ({ head }) => hasText(head, at, 'H+\x00\x04') || hasText(head, at, 'HX\x00\x05'),
  (view: ByteView) => {
    const blockSize = u32be(view, at + 40, 'blockSize')
    const blocks = u32be(view, at + 44, 'blocks')
    const free = u32be(view, at + 48, 'freeBlocks')
    view.require(free <= blocks, 'freeBlocks', at + 48, `at most ${blocks}`, free)
    const dirty = (u32be(view, at + 4, 'attributes') & unmounted) === 0
    return volume('hfsplus', { size: blocks * blockSize, free: free * blockSize, dirty })
  },
)
