import type { ByteView } from '../../formats/byte-view.ts'
import { hasText, product, superblockFormat, volume } from './volume-format.ts'

const activeDirty = 2

/** exFAT (Microsoft's exFAT specification, section 3.1): free space is not counted. */
export const exfatFormat = superblockFormat(
  'exfat',
  ({ head }) => hasText(head, 3, 'EXFAT   ') && head[510] === 0x55 && head[511] === 0xaa,
  (view: ByteView) => {
    const shift = view.u8(108, 'bytesPerSectorShift')
    view.require(shift >= 9 && shift <= 12, 'bytesPerSectorShift', 108, '9 to 12', shift)
    return volume('exfat', {
      size: product(view, view.u64(72, 'volumeLength'), 2 ** shift, 'volumeLength', 72),
      dirty: (view.u16(106, 'volumeFlags') & activeDirty) !== 0,
      uuid: view.u32(100, 'serial').toString(16).padStart(8, '0'),
    })
  },
)
