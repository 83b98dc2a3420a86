import type { ByteView } from '../../formats/byte-view.ts'
import { hasText, superblockFormat, volume } from './volume-format.ts'

/** SquashFS 4 (Linux, fs/squashfs/squashfs_fs.h): read-only by its nature, so it has no free space. */
export const squashfsFormat = superblockFormat(
  'squashfs',
  ({ head }) => hasText(head, 0, 'hsqs'),
  (view: ByteView) => {
    const major = view.u16(28, 'major')
    view.require(major === 4, 'major', 28, 4, major)
    return volume('squashfs', { size: view.u64(40, 'bytesUsed'), free: 0 })
  },
)
