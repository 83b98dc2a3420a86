import { afterAll, beforeAll, describe, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import type { PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { expectDone, type GuestDesign, type LinuxGuest } from './linux-guest.ts'
import { itDoesTheWholeJob } from './whole-job.ts'

const own = new GuestCase()
afterAll(() => own.remove())

const designs: readonly (readonly [string, GuestDesign])[] = [
  ['SATA, files on a large ESP', { bus: 'sata', sectorSize: 512, espBytes: 512 * MiB, diskBytes: 4 * GiB }],
  [
    'virtio with sectors of 4096 bytes, a partition of its own',
    { bus: 'virtio', sectorSize: 4096, espBytes: 300 * MiB, diskBytes: 8 * GiB },
  ],
]

for (const [name, design] of designs) {
  describe(name, () => {
    let guest: LinuxGuest
    let before: PcSnapshot
    beforeAll(async () => {
      guest = await own.guest(design, [own.blank('SATA512', 'sata', 512)])
    })

    it('starts', async () => {
      expectDone(await guest.start('findmnt /boot/efi'))
      before = await guest.snapshot()
    })

    // On the virtio disk nobody has the ESP mounted while Berth works.
    const prepare = design.bus === 'virtio' ? 'umount /boot/efi' : ''
    const choices = design.bus === 'virtio' ? '--space-from gap' : ''
    itDoesTheWholeJob({ guest: () => guest, before: () => before, prepare, choices })

    it('passes the contract suite of all platforms on a SATA disk', async () => {
      expectDone(await guest.start('/run/payload/contract SATA512'))
    })
  })
}
