import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, superblockFormat, volume } from './volume-format.ts'

const superblock = 65_536

/**
 * btrfs, from its first superblock (Linux, include/uapi/linux/btrfs_tree.h). `free` is what no chunk was made of yet:
 * less than what files could still take, and what a shrink finds at once. Unknown when it spans several devices.
 */
export const btrfsFormat = superblockFormat(
  'btrfs',
  ({ head }) => hasText(head, superblock + 0x40, '_BHRfS_M'),
  (whole) => {
    const view: ByteView = whole.part(superblock, 4096, 'superblock')
    const device = { size: view.u64(0xd1, 'device.totalBytes'), used: view.u64(0xd9, 'device.bytesUsed') }
    view.require(device.used <= device.size, 'device.bytesUsed', 0xd9, `at most ${device.size}`, device.used)
    return volume('btrfs', {
      size: device.size,
      free: view.u64(0x88, 'devices') === 1 ? device.size - device.used : null,
      label: safeUtf8(view.bytes(0x12b, 256, 'label')),
      uuid: uuidText(view.bytes(0x20, 16, 'uuid')),
    })
  },
)
