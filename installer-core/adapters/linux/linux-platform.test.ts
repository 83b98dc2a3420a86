import { closeSync, ftruncateSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { expectOk, fail } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { buildMachine } from '../../probe/build-machine.ts'
import { changeCounter } from '../disk-image/change-counter.ts'
import { openFileDisk, type RawDisk } from '../disk-image/raw-disk.ts'
import { nodeHasher } from '../node-hasher.ts'
import { describeReading, describeRefusing } from '../testing/platform-contract.ts'
import { furnish, placesOf, smallPc } from '../testing/small-pc.ts'
import { EfiVariables } from './efi-variables.ts'
import { LinuxDisks } from './linux-disks.ts'
import { variablesFolder } from './linux-places.ts'
import { LinuxPlatform } from './linux-platform.ts'
import { probeLinux } from './linux-probe.ts'
import { addDisk, fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
/** As much of a partition as holds something: what a FAT32 begins with. */
const furnished = 8 * MiB

/** A Linux whose one disk is a file, and whose partitions are files of their own, as the kernel shows them. */
function makeLinux(sectorSize: 512 | 4096): FakeLinux {
  const linux = fakeLinux()
  folders.push(linux.folder)
  const { esp, data } = placesOf(sectorSize)
  const partitions = [
    { name: 'sda1', start: esp * sectorSize, size: smallPc.espBytes },
    { name: 'sda2', start: data * sectorSize, size: smallPc.dataBytes },
  ]
  addDisk(linux, { name: 'sda', sectorSize, size: smallPc.diskBytes, bus: 'pci0000:00/ata1', partitions })
  linux.put({ 'dev/sda': '' })
  const disk = blankDisk(join(linux.places.dev, 'sda'), sectorSize, smallPc.diskBytes)
  furnish(disk)
  for (const { name, start, size } of partitions) copyPart(disk, join(linux.places.dev, name), start, size)
  disk.close()
  const variables = join(linux.places.sys, 'firmware/efi/efivars')
  linux.put({
    'sys/firmware/efi/fw_platform_size': '64\n',
    'proc/self/mountinfo': `33 1 0:30 / ${variables} rw - efivarfs efivarfs rw\n`,
    [`sys/firmware/efi/efivars/BootOrder-${vendor.global}`]: Uint8Array.of(7, 0, 0, 0, 1, 0),
  })
  return linux
}

function blankDisk(path: string, sectorSize: 512 | 4096, size: number): RawDisk {
  const file = openSync(path, 'w')
  ftruncateSync(file, size)
  closeSync(file)
  return expectOk(openFileDisk(path, sectorSize, 'write'))
}

function copyPart(disk: RawDisk, path: string, start: number, size: number): void {
  const file = openSync(path, 'w')
  ftruncateSync(file, size)
  writeSync(file, expectOk(disk.read(start, furnished)), 0, furnished, 0)
  closeSync(file)
}

function open(linux: FakeLinux, access: 'read' | 'write'): LinuxPlatform {
  const { places } = linux
  return new LinuxPlatform({ places, access, hasher: nodeHasher, counter: changeCounter(), elevated: true })
}

for (const sectorSize of [512, 4096] as const) {
  const name = `a stand-in for Linux, ${sectorSize}-byte sectors`
  // Neither suite changes anything: one stand-in serves all of it.
  const linux = makeLinux(sectorSize)
  describeReading(name, async () => open(linux, 'write'))
  describeRefusing(name, async () => open(linux, 'read'))
}

describe('what the Linux adapter tells', () => {
  it('follows the schema as a machine: disk, ESP that was looked into, firmware', async () => {
    const facts = expectOk(await open(makeLinux(512), 'read').probe(neverCancelled))
    const machine = expectOk(buildMachine(facts, nodeHasher))
    expect(machine).toMatchObject({
      source: { kind: 'linux' },
      firmware: { kind: 'uefi64', access: 'read-write', bootOrder: [1] },
      disks: [{ id: smallPc.disk, bus: 'sata', table: { kind: 'gpt', agree: true } }],
      bootVolumes: [{ partition: smallPc.esp, incomplete: false }],
    })
  })

  it('knows the ESP that the system has mounted when neither loader nor firmware names one', async () => {
    const linux = makeLinux(512)
    linux.put({ 'sys/block/sda/sda1/dev': '8:1\n' })
    const probe = async () => {
      const disks = new LinuxDisks(linux.places, nodeHasher, changeCounter())
      const folder = variablesFolder(linux.places)
      const firmware = new EfiVariables({ folder, access: 'read-write', onChange: () => undefined })
      const openTree = async () => fail('unsupported')
      const parts = { places: linux.places, disks, firmware, hasher: nodeHasher, elevated: true, openTree }
      return expectOk(await probeLinux(parts, neverCancelled)).running.bootedFrom
    }
    expect(await probe()).toBeNull()
    linux.put({ 'proc/self/mountinfo': '41 1 8:1 / /boot/efi rw - vfat /dev/sda1 rw\n' })
    expect(await probe()).toBe(smallPc.esp)
  })

  it('shows a disk that cannot be read as one on which nothing can be done', async () => {
    const linux = makeLinux(512)
    writeFileSync(join(linux.places.dev, 'sda'), '')
    const facts = expectOk(await open(linux, 'read').probe(neverCancelled))
    expect(facts.disks).toMatchObject([{ id: 'disk:0', table: { kind: 'unreadable', reason: 'io-failed' } }])
  })

  it('refuses a partition that the kernel has at another place than the table', async () => {
    const linux = makeLinux(512)
    linux.put({ 'sys/block/sda/sda1/size': '2048\n' })
    const opened = await open(linux, 'write').openBootVolume(smallPc.disk, smallPc.esp)
    expect(opened).toMatchObject({ failure: { code: 'table-changed' } })
  })
})
