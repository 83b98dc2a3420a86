/* The contract suite of all platforms against this very PC, on the disks that its arguments name. Runs in the guest. */
import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLinuxPc } from '../../../installer-core/adapters/linux/open-linux-pc.ts'
import { listDiskNodes } from '../../../installer-core/adapters/linux/disk-nodes.ts'
import { openLinuxDisk } from '../../../installer-core/adapters/linux/linux-disk.ts'
import { linuxPlaces } from '../../../installer-core/adapters/linux/linux-places.ts'
import {
  describeChanging,
  describeReading,
  describeRefusing,
} from '../../../installer-core/adapters/testing/platform-contract.ts'
import { furnish, placesOf } from '../../../installer-core/adapters/testing/small-pc.ts'
import { bytes, MiB } from '../../../installer-core/base/bytes.ts'
import { guid } from '../../../installer-core/base/guid.ts'
import { expectOk } from '../../../installer-core/base/result.ts'
import type { Disk } from '../../../installer-core/model/disk.ts'
import { neverCancelled } from '../../../installer-core/ports/cancellation.ts'
import type { Platform } from '../../../installer-core/ports/platform.ts'

/** The disk with this serial, fresh as the suite wants it, and the kernel told. The other one holds no table meanwhile. */
function makeDisk(serial: string): void {
  for (const node of listDiskNodes(linuxPlaces).filter(({ serial: own }) => serials.includes(own ?? ''))) {
    const whole = expectOk(openLinuxDisk({ ...node, partitions: [] }, 'write'))
    const { esp, data, gap } = placesOf(whole.sectorSize)
    for (const at of [0, ...[esp, data, gap].map((sector) => sector * whole.sectorSize), node.size - MiB])
      expectOk(whole.write(at, new Uint8Array(MiB)))
    if (node.serial === serial) furnish(whole)
    expectOk(whole.flush())
    whole.close()
    // Under the lock that udev waits for: it must not have the disk open just then.
    run('flock', [node.path, 'blockdev', '--rereadpt', node.path])
    run('udevadm', ['settle'])
  }
}

function run(program: string, args: readonly string[]): void {
  const ended = spawnSync(program, args, { encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${ended.stderr}`)
}

async function open(serial: string, access: 'read' | 'write') {
  makeDisk(serial)
  const platform = async () => expectOk(await openLinuxPc({ access })).platform
  return { platform: await platform(), reopen: platform }
}

const serials = process.argv.slice(2)
for (const serial of serials) {
  const sectorSize = listDiskNodes(linuxPlaces).find((node) => node.serial === serial)?.sectorSize
  if (sectorSize !== 512 && sectorSize !== 4096) throw new Error(`there is no disk ${serial}`)
  const name = `${serial}, ${sectorSize}-byte sectors`
  describeReading(name, async () => (await open(serial, 'write')).platform)
  describeRefusing(name, async () => (await open(serial, 'read')).platform)
  describeChanging(name, sectorSize, () => open(serial, 'write'))
}

/** The disk that this system runs from, and its mounted partitions. */
async function ownDisk(platform: Platform): Promise<Disk> {
  const { disks } = expectOk(await platform.probe(neverCancelled))
  const own = disks.find(({ partitions }) =>
    partitions.some(({ volume }) => volume.inUse.some((use) => use === '/')),
  )
  if (own === undefined) throw new Error('nothing is mounted at /')
  return own
}

describe('what is in use', () => {
  let platform: Platform
  beforeEach(async () => {
    platform = expectOk(await openLinuxPc({ access: 'write' })).platform
  })
  afterEach(async () => {
    expectOk(await platform.close())
  })
  const busy = { failure: { code: 'busy' } }

  it('is not formatted, not resized, not written into, not taken away', async () => {
    const disk = await ownDisk(platform)
    const used = disk.partitions.filter(({ volume }) => volume.inUse.length > 0)
    expect(used.length).toBeGreaterThanOrEqual(2)
    const format = { label: 'X', volumeId: '00000000', overLeftovers: true }
    const device = expectOk(await platform.openDisk(disk.id, 'write'))
    for (const { id, slot, start, size, volume } of used) {
      const at = bytes(start * disk.sectorSize)
      expect(await device.write(at, new Uint8Array(disk.sectorSize))).toMatchObject(busy)
      expect(await platform.formatVolume(disk.id, id, format)).toMatchObject(busy)
      const edits = [{ kind: 'remove', slot, guid: guid(id) }] as const
      expect(await platform.editPartitions(disk.id, disk.tableDigest, edits)).toMatchObject(busy)
      const code = volume.fileSystem === 'ext4' ? 'busy' : 'unsupported'
      expect(await platform.resizeVolume(disk.id, id, bytes(size - MiB))).toMatchObject({ failure: { code } })
    }
    expectOk(await device.close())
    expect((await ownDisk(platform)).tableDigest).toBe(disk.tableDigest)
  })

  it('does not restart while a program holds it back', async () => {
    const release = expectOk(await platform.inhibit('a test is running'))
    const refused = await platform.restart()
    // First: nothing ends while it is held.
    await release()
    expect(refused).toMatchObject({ failure: { code: 'restart-held' } })
  })
})
