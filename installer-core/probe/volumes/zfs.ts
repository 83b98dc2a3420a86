import { hasText, superblockFormat, volume } from './volume-format.ts'

const list = 16 * 1024
const listLength = 48 * 1024
/** The pairs of a label: XDR encoding, written by either byte order. */
const encodings = ['\x01\x00\x00\x00', '\x01\x01\x00\x00']

/** A member of a ZFS pool: the first label's list of names and values begins at 16 KiB and names the pool. */
export const zfsFormat = superblockFormat(
  'zfs',
  ({ head }) => {
    if (!encodings.some((encoding) => hasText(head, list, encoding))) return false
    const names = String.fromCharCode(...head.subarray(list, list + 4096))
    return head.length >= list + listLength && names.includes('pool_guid')
  },
  () => volume('zfs'),
)
