import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../base/bytes.ts'
import { listDiskNodes } from './disk-nodes.ts'
import { readPartitionUses } from './partition-uses.ts'
import { addDisk, fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
let folder: string
beforeEach(() => {
  linux = fakeLinux()
  const partitions = [1, 2].map((n) => ({ name: `sda${n}`, start: n * GiB, size: GiB - MiB }))
  folder = addDisk(linux, { name: 'sda', size: 4 * GiB, bus: 'pci0000:00/ata1', partitions })
  linux.put({ [`${folder}/sda1/dev`]: '8:1\n', [`${folder}/sda2/dev`]: '8:2\n' })
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

function uses(): readonly (readonly string[])[] {
  const [disk] = listDiskNodes(linux.places)
  if (disk === undefined) throw new Error('no disk')
  const all = readPartitionUses(linux.places)
  return disk.partitions.map((partition) => all.of(disk, partition))
}

describe('who uses a partition', () => {
  it('is nobody unless something says so', () => {
    expect(uses()).toEqual([[], []])
  })

  it('is whoever mounted it, wherever, the whole of it named first', () => {
    linux.put({
      'proc/self/mountinfo': `40 1 8:1 /sub /srv rw - ext4 /dev/sda1 rw\n41 1 8:1 / /mnt/a\\040b rw - ext4 /dev/sda1 rw\n`,
    })
    expect(uses()).toEqual([['/mnt/a b', '/srv'], []])
  })

  it('is a btrfs for each device that it is made of', () => {
    const dev = linux.places.dev
    linux.put({
      'proc/self/mountinfo': `40 1 0:36 / /data rw - btrfs ${dev}/sda1 rw\n`,
      'sys/fs/btrfs/5f/devices/sda1/x': '',
      'sys/fs/btrfs/5f/devices/sda2/x': '',
      'dev/sda1': '',
    })
    expect(uses()).toEqual([['/data'], ['/data']])
  })

  it('is swap', () => {
    linux.put({ 'dev/sda2': '', 'proc/swaps': `Filename\tType\n${linux.places.dev}/sda2 partition 1 0 -2\n` })
    expect(uses()).toEqual([[], ['swap']])
  })

  it('is RAID, or a device-mapper volume by its name', () => {
    linux.put({
      [`${folder}/sda1/holders/md127/x`]: '',
      [`${folder}/sda2/holders/dm-0/x`]: '',
      'sys/block/dm-0/dm/name': 'vg-root\n',
    })
    expect(uses()).toEqual([['raid'], ['dm vg-root']])
  })

  it('is a file system on the whole disk', () => {
    linux.put({
      [`${folder}/dev`]: '8:0\n',
      'proc/self/mountinfo': '40 1 8:0 / /mnt rw - ext4 /dev/sda rw\n',
    })
    expect(uses()).toEqual([['/mnt'], ['/mnt']])
  })

  it('is whatever holds the whole disk', () => {
    linux.put({ [`${folder}/holders/md126/x`]: '' })
    expect(uses()).toEqual([['raid'], ['raid']])
  })
})
