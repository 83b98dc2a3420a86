import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { checkFiles, makeFiles } from './guest-files.ts'
import { answer, expectDone, type GuestDesign, type GuestStart, type LinuxGuest } from './linux-guest.ts'
import { itDoesTheWholeJob } from './whole-job.ts'

const own = new GuestCase()
afterAll(() => own.remove())

function guestOf(design: Partial<GuestDesign>, first: string) {
  const made: { guest?: LinuxGuest; before?: PcSnapshot } = {}
  beforeAll(async () => {
    made.guest = await own.guest({
      bus: 'nvme',
      sectorSize: 512,
      espBytes: 100 * MiB,
      diskBytes: 8 * GiB,
      ...design,
    })
  })
  it('starts, with everything at its place', async () => {
    expectDone(await guest().start(`set -e\n${first}`))
    made.before = await guest().snapshot()
  })
  const guest = () => made.guest as LinuxGuest
  return { guest, before: () => made.before as PcSnapshot }
}

describe('a root of btrfs that fills the disk', () => {
  const { guest, before } = guestOf(
    { root: 'btrfs', rootPartition: 'rest' },
    `btrfs filesystem resize 1:max /\n${makeFiles('/home/anna/files')}`,
  )
  itDoesTheWholeJob({ guest, before, afterInstall: `${checkFiles('/home/anna/files')}\nlsblk -b` })

  it('has every file as it was, on a partition and a file system of the former size', async () => {
    const start = await guest().start(`${checkFiles('/home/anna/files')}\nbtrfs filesystem usage -b /`)
    expectDone(start)
    expect(start.lines).toContain('files are equal')
  })
})

describe.each([
  ['NTFS', partitionType.microsoftBasicData, 'mkntfs -Q -F -L Data', 'mount -t ntfs-3g'],
  ['ext4', partitionType.linuxGeneric, 'mkfs.ext4 -q -L data', 'mount'],
])('a volume of %s that fills the disk and is not mounted', (_, third, make, mount) => {
  const device = '/dev/nvme0n1p3'
  const { guest, before } = guestOf(
    { diskBytes: 10 * GiB, third },
    `${make} ${device}\n${mount} ${device} /mnt\n${makeFiles('/mnt/files')}\numount /mnt`,
  )
  itDoesTheWholeJob({
    guest,
    before,
    afterInstall: `${mount} -o ro ${device} /mnt && ${checkFiles('/mnt/files')}; umount /mnt`,
  })
})

describe('a disk full of LVM', () => {
  const device = '/dev/nvme0n1p3'
  const { guest, before } = guestOf(
    { diskBytes: 10 * GiB, third: partitionType.linuxGeneric },
    `pvcreate -q ${device}\nvgcreate -q data ${device}\nlvcreate -q -y -l 100%FREE -n srv data\nmkfs.ext4 -q /dev/data/srv`,
  )

  it('is refused with its reason, and left as it is', async () => {
    const start: GuestStart = await guest().start(
      `vgchange -q -ay\nmount -o ro /dev/data/srv /srv\nberth plan plan --release "$release"\nberth probe probe`,
    )
    expectDone(start)
    expect(start.lines).toContain('berth_exit plan 3')
    const words = JSON.stringify(answer(start, 'plan'))
    expect(words).toContain('volume-managed')
    expect(JSON.stringify(answer(start, 'probe'))).toContain('dm data-srv')
    expect(compareSnapshots(before(), await guest().snapshot())).toEqual([])
  })
})
