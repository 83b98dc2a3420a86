/* The contract suite of all platforms against this very PC, on the disks that its arguments name. Runs in the guest. */
import { spawnSync } from 'node:child_process'
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
import { MiB } from '../../../installer-core/base/bytes.ts'
import { expectOk } from '../../../installer-core/base/result.ts'

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
