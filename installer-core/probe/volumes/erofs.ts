import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, superblockFormat, volume } from './volume-format.ts'

const at = 1024

/** EROFS (Linux, fs/erofs/erofs_fs.h): read-only by its nature, so it has no free space. */
export const erofsFormat = superblockFormat(
  'erofs',
  ({ head }) => hasText(head, at, '\xe2\xe1\xf5\xe0'),
  (view: ByteView) => {
    const shift = view.u8(at + 12, 'blockBits')
    view.require(shift >= 9 && shift <= 16, 'blockBits', at + 12, '9 to 16', shift)
    return volume('erofs', {
      size: view.u32(at + 36, 'blocks') * 2 ** shift,
      free: 0,
      label: safeUtf8(view.bytes(at + 64, 16, 'label')),
      uuid: uuidText(view.bytes(at + 48, 16, 'uuid')),
    })
  },
)
