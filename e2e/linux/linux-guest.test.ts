import { afterAll, beforeAll, describe, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import type { PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { expectDone, type LinuxGuest } from './linux-guest.ts'
import { itDoesTheWholeJob } from './whole-job.ts'

const own = new GuestCase()
afterAll(() => own.remove())

let guest: LinuxGuest
let before: PcSnapshot

beforeAll(async () => {
  const design = { bus: 'nvme', sectorSize: 512, espBytes: 100 * MiB, diskBytes: 8 * GiB } as const
  guest = await own.guest(design, [own.blank('VIRTIO4K', 'virtio', 4096)])
})

describe('a Debian with its ESP and root on an NVMe disk', () => {
  it('starts', async () => {
    expectDone(await guest.start('findmnt /boot/efi'))
    // Not earlier: the firmware adds entries of its own at its first start.
    before = await guest.snapshot()
  })

  itDoesTheWholeJob({ guest: () => guest, before: () => before })

  it('passes the contract suite of all platforms, and leaves alone what is in use', async () => {
    expectDone(await guest.start('/run/payload/contract VIRTIO4K'))
  })
})
