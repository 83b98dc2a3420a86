import { hasText, superblockFormat, volume } from './volume-format.ts'

/** 4967d63b-2e29-4ad8-8399-f6a339e3d001 as stored: BitLocker To Go on a volume that still looks like FAT. */
const toGo = '\x3b\xd6\x67\x49\x29\x2e\xd8\x4a\x83\x99\xf6\xa3\x39\xe3\xd0\x01'

/**
 * BitLocker. The mark stays while protection is suspended, so that it alone says neither how far the conversion is nor
 * whether protection is on.
 */
export const bitlockerFormat = superblockFormat(
  'bitlocker',
  ({ head }) => hasText(head, 3, '-FVE-FS-') || (hasText(head, 3, 'MSWIN4.1') && hasText(head, 0x1a8, toGo)),
  () => volume('bitlocker', { bitlocker: { conversion: 'unknown', protection: 'unknown' } }),
)
