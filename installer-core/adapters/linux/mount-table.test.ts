import { describe, expect, it } from 'vitest'
import { isReadOnly, parseMountTable } from './mount-table.ts'

const table = String.raw`22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
35 22 259:1 / /boot/efi rw,relatime shared:20 - vfat /dev/nvme0n1p1 ro,fmask=0077
40 22 0:36 /@home /home rw shared:3 - btrfs /dev/sda3 rw,subvol=/@home
41 22 0:37 / /mnt/my\040disk\134 rw shared:4 master:2 - fuseblk /dev/sdb1 rw
42 22 0:38 / /efi rw - autofs systemd-1 rw
what is this`

describe('the mount table', () => {
  const mounts = parseMountTable(table)

  it('is read with optional fields or without, and leaves out what is no mount', () => {
    expect(mounts.map(({ device, type }) => [device, type])).toEqual([
      ['259:2', 'ext4'],
      ['259:1', 'vfat'],
      ['0:36', 'btrfs'],
      ['0:37', 'fuseblk'],
      ['0:38', 'autofs'],
    ])
  })

  it('undoes the escapes of spaces and backslashes', () => {
    expect(mounts[3]?.point).toBe('/mnt/my disk\\')
  })

  it('tells a file system that is read-only from a mount that is', () => {
    expect(mounts.map(isReadOnly)).toEqual([false, true, false, false, false])
  })
})
