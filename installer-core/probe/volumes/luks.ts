import type { ByteView } from '../../formats/byte-view.ts'
import { safeText, safeUtf8 } from '../safe-text.ts'
import { hasText, superblockFormat, volume } from './volume-format.ts'

/** LUKS 1 and 2: the version is big-endian at byte 6, the UUID is text at byte 168 in both, the label is LUKS 2's. */
export const luksFormat = superblockFormat(
  'luks',
  ({ head }) => hasText(head, 0, 'LUKS\xba\xbe'),
  (view: ByteView) => {
    const version = view.u8(6, 'version') * 256 + view.u8(7, 'version')
    view.require(version === 1 || version === 2, 'version', 6, '1 or 2', version)
    return volume('luks', {
      label: version === 2 ? safeUtf8(view.bytes(24, 48, 'label')) : safeText(''),
      uuid: safeUtf8(view.bytes(168, 40, 'uuid')).toLowerCase(),
    })
  },
)
