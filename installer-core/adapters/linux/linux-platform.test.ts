import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expectOk, fail } from '../../base/result.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { buildMachine } from '../../probe/build-machine.ts'
import { changeCounter } from '../disk-image/change-counter.ts'
import { nodeHasher } from '../node-hasher.ts'
import { describeReading, describeRefusing } from '../testing/platform-contract.ts'
import { smallPc } from '../testing/small-pc.ts'
import { EfiVariables } from './efi-variables.ts'
import { LinuxDisks } from './linux-disks.ts'
import { variablesFolder } from './linux-places.ts'
import { LinuxPlatform } from './linux-platform.ts'
import { probeLinux } from './linux-probe.ts'
import type { FakeLinux } from './testing/fake-linux.ts'
import { smallLinux } from './testing/small-linux.ts'

const made: FakeLinux[] = []
afterAll(() => {
  for (const { folder } of made.splice(0)) rmSync(folder, { recursive: true })
})

function makeLinux(sectorSize: 512 | 4096): FakeLinux {
  const linux = smallLinux(sectorSize)
  made.push(linux)
  return linux
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

  it('keeps its hands off a disk that is part of a RAID', async () => {
    const linux = makeLinux(512)
    linux.put({ 'sys/block/sda/holders/md127/x': '' })
    rmSync(join(linux.places.sys, 'block/sda/sda2'), { recursive: true })
    const platform = open(linux, 'write')
    const [disk] = expectOk(await platform.probe(neverCancelled)).disks
    expect(disk?.partitions.map(({ volume }) => volume.inUse)).toEqual([['raid'], ['raid']])
    const busy = { failure: { code: 'busy', facts: { what: 'raid' } } }
    expect(await platform.openDisk(smallPc.disk, 'write')).toMatchObject(busy)
    expect(await platform.editPartitions(smallPc.disk, disk?.tableDigest ?? '', [])).toMatchObject(busy)
  })

  it('refuses a partition that the kernel has at another place than the table', async () => {
    const linux = makeLinux(512)
    linux.put({ 'sys/block/sda/sda1/size': '2048\n' })
    const opened = await open(linux, 'write').openBootVolume(smallPc.disk, smallPc.esp)
    expect(opened).toMatchObject({ failure: { code: 'table-changed' } })
  })
})
