import type { ByteView } from '../../formats/byte-view.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, superblockFormat, volume, type VolumeSample } from './volume-format.ts'

const pageSizes = [4096, 8192, 16_384, 32_768, 65_536]
const sleeping = ['S1SUSPEND', 'S2SUSPEND', 'ULSUSPEND', 'LINHIB0001']
const marks = ['SWAPSPACE2', 'SWAP-SPACE', ...sleeping]

const pageOf = ({ head }: Pick<VolumeSample, 'head'>) =>
  pageSizes.find((page) => marks.some((mark) => hasText(head, page - 10, mark)))

/** Linux swap; `hibernated` when it holds a sleeping Linux. */
export const swapFormat = superblockFormat(
  'swap',
  (sample) => pageOf(sample) !== undefined,
  (view: ByteView) => {
    const page = pageOf({ head: view.data }) ?? 4096
    return volume('swap', {
      size: (view.u32(1028, 'lastPage') + 1) * page,
      free: 0,
      hibernated: sleeping.some((mark) => hasText(view.data, page - 10, mark)),
      label: safeUtf8(view.bytes(1052, 16, 'label')),
      uuid: uuidText(view.bytes(1036, 16, 'uuid')),
    })
  },
)
