import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import type { GuestDisk } from '../../installer-core/practice/qemu/qemu-arguments.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { makePayload } from './guest-payload.ts'
import { answer, expectBerth, expectDone, LinuxGuest, type GuestStart } from './linux-guest.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-linux-'))
afterAll(() => rmSync(folder, { recursive: true }))

let guest: LinuxGuest
let before: PcSnapshot

/** A disk for the contract suite, which makes it anew before each test. */
function blank(serial: string, bus: GuestDisk['bus'], sectorSize: 512 | 4096): GuestDisk {
  const file = join(folder, `${serial}.img`)
  writeFileSync(file, '')
  truncateSync(file, GiB)
  return { file, bus, sectorSize, serial }
}

beforeAll(async () => {
  const payload = {
    file: await makePayload(folder),
    bus: 'virtio',
    sectorSize: 512,
    serial: 'PAYLOAD',
    throwAway: true,
  } as const
  guest = await LinuxGuest.make(
    join(folder, 'guest'),
    { bus: 'nvme', sectorSize: 512, espBytes: 100 * MiB, diskBytes: 8 * GiB },
    [payload, blank('SATA512', 'sata', 512), blank('VIRTIO4K', 'virtio', 4096)],
  )
})

describe('a Debian with its ESP and root on an NVMe disk', () => {
  let start: GuestStart

  it('passes the contract suite on a SATA disk and a 4Kn virtio disk', async () => {
    start = await guest.start('/run/payload/contract SATA512 VIRTIO4K')
    expectDone(start)
    // Not earlier: the firmware adds entries of its own at its first start.
    before = await guest.snapshot()
  })

  it('installs on a disk in use, from the command line as root', async () => {
    start = await guest.start('berth probe probe\ninstall\nberth status status')
    expectDone(start)
    expect(answer(start, 'install')['outcome'], start.lines.join('\n')).toBe('installed')
    expect(answer(start, 'status')['state']).toBe('trial')
  })

  it('starts the new system once, which confirms its trial', async () => {
    start = await guest.start('true')
    expectBerth(start)
    expect(start.lines.filter((line) => line.startsWith('Berth: trial confirmed'))).toHaveLength(1)
  })

  it('comes back to Debian, keeps the new system, and switches to it', async () => {
    start = await guest.start('berth confirm confirm --yes\nberth switch switch berth')
    expectDone(start)
    expect(answer(start, 'confirm')['outcome'], start.lines.join('\n')).toBe('confirmed')
    expect(answer(start, 'switch')['outcome'], start.lines.join('\n')).toBe('switched')
    start = await guest.start('true')
    expectBerth(start)
  })

  it('takes everything away again: seen from outside, the PC is as it was', async () => {
    start = await guest.start('berth undo undo --yes\nberth status status')
    expectDone(start)
    expect(answer(start, 'undo')['outcome'], start.lines.join('\n')).toBe('undone')
    expect(answer(start, 'status')['state']).toBe('absent')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })
})
