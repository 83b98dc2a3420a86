import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf8 } from '../safe-text.ts'
import { hasText, superblockFormat, volume } from './volume-format.ts'

const sectors = [0, 512, 1024, 1536]
const isLabel = (head: Uint8Array, at: number) =>
  hasText(head, at, 'LABELONE') && hasText(head, at + 24, 'LVM2 001')

/** An LVM2 physical volume: its label stands in one of the first four sectors. */
export const lvmFormat = superblockFormat(
  'lvm',
  ({ head }) => sectors.some((at) => isLabel(head, at)),
  (whole) => {
    const at = sectors.find((sector) => isLabel(whole.data, sector)) ?? 0
    const view: ByteView = whole.part(at, 512, 'label')
    const header = view.u32(20, 'headerOffset')
    return volume('lvm', {
      size: view.u64(header + 32, 'deviceSize'),
      uuid: safeUtf8(view.bytes(header, 32, 'uuid')),
    })
  },
)
