import { hasText, product, superblockFormat, volume } from './volume-format.ts'

/** ReFS: its boot sector carries `ReFS` where NTFS carries its name, and `FSRS` after it. */
export const refsFormat = superblockFormat(
  'refs',
  ({ head }) => hasText(head, 3, 'ReFS\0\0\0\0') && hasText(head, 16, 'FSRS'),
  (view) =>
    volume('refs', {
      size: product(view, view.u64(24, 'sectors'), view.u32(32, 'bytesPerSector'), 'sectors', 24),
      uuid: [0x3c, 0x38].map((at) => view.u32(at, 'serial').toString(16).padStart(8, '0')).join(''),
    }),
)
