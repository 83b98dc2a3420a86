import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf16 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, product, superblockFormat, volume } from './volume-format.ts'

const at = 1024

/** F2FS (Linux, include/linux/f2fs_fs.h, `f2fs_super_block`). */
export const f2fsFormat = superblockFormat(
  'f2fs',
  ({ head }) => hasText(head, at, '\x10\x20\xf5\xf2'),
  (view: ByteView) => {
    const shift = view.u32(at + 16, 'logBlockSize')
    view.require(shift >= 9 && shift <= 16, 'logBlockSize', at + 16, '9 to 16', shift)
    return volume('f2fs', {
      size: product(view, view.u64(at + 36, 'blocks'), 2 ** shift, 'blocks', at + 36),
      label: safeUtf16(view.bytes(at + 124, 1024, 'label')),
      uuid: uuidText(view.bytes(at + 108, 16, 'uuid')),
    })
  },
)
