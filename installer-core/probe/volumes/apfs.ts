import { uuidText } from './uuid-text.ts'
import { hasText, product, superblockFormat, volume } from './volume-format.ts'

/** An APFS container (Apple File System Reference, `nx_superblock_t`). */
export const apfsFormat = superblockFormat(
  'apfs',
  ({ head }) => hasText(head, 32, 'NXSB'),
  (view) =>
    volume('apfs', {
      size: product(view, view.u64(40, 'blocks'), view.u32(36, 'blockSize'), 'blocks', 40),
      uuid: uuidText(view.bytes(72, 16, 'uuid')),
    }),
)
