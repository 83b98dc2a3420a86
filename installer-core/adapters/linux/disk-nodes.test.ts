import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../base/bytes.ts'
import { listDiskNodes } from './disk-nodes.ts'
import { addDisk, fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
beforeEach(() => {
  linux = fakeLinux()
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

const ata = 'pci0000:00/0000:00:17.0/ata3/host2/target2:0:0/2:0:0:0'

describe('disks from sysfs', () => {
  it('have their partitions in bytes, whatever their sectors are', () => {
    const p1 = { name: 'nvme0n1p1', start: MiB, size: 300 * MiB }
    addDisk(linux, {
      name: 'nvme0n1',
      sectorSize: 4096,
      size: 8 * GiB,
      bus: 'pci0000:00/0000:00:04.0/nvme/nvme0',
      partitions: [p1],
    })
    expect(listDiskNodes(linux.places)).toMatchObject([
      {
        name: 'nvme0n1',
        bus: 'nvme',
        sectorSize: 4096,
        size: 8 * GiB,
        model: 'Fake Disk',
        partitions: [{ number: 1, name: 'nvme0n1p1', start: MiB, size: 300 * MiB }],
      },
    ])
  })

  it.each([
    [ata, 'sata'],
    ['pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0', 'usb'],
    ['pci0000:00/0000:00:05.0/virtio2', 'virtio'],
    ['platform/soc/mmc_host/mmc0/mmc0:0001', 'mmc'],
    ['pci0000:00/0000:03:00.0/host0/target0:2:0/0:2:0:0', 'scsi'],
    ['virtual/something', 'unknown'],
  ])('plugged in at %s are on bus %s', (bus, expected) => {
    addDisk(linux, { name: 'sda', size: GiB, bus })
    expect(listDiskNodes(linux.places)[0]?.bus).toBe(expected)
  })

  it('say their serial number themselves, by a page of SCSI, or by what udev noted', () => {
    const folder = addDisk(linux, { name: 'sda', size: GiB, bus: ata })
    expect(listDiskNodes(linux.places)[0]?.serial).toBeNull()
    linux.put({ 'run/udev/data/b0:0': 'S:disk/by-id/x\nE:ID_SERIAL=Model_U1\nE:ID_SERIAL_SHORT=U1\n' })
    expect(listDiskNodes(linux.places)[0]?.serial).toBe('U1')
    linux.put({ [`${folder}/device/vpd_pg80`]: Buffer.from('\0\x80\0\x06  P2  ', 'latin1') })
    expect(listDiskNodes(linux.places)[0]?.serial).toBe('P2')
    linux.put({ [`${folder}/serial`]: 'OWN3\n' })
    expect(listDiskNodes(linux.places)[0]?.serial).toBe('OWN3')
  })

  it('are not what lies on disks, has no medium, or is a part of an eMMC for firmware', () => {
    addDisk(linux, { name: 'mmcblk0boot0', size: GiB, bus: 'platform/mmc_host/mmc0' })
    addDisk(linux, { name: 'sdb', size: 0, bus: ata })
    addDisk(linux, { name: 'sr0', size: GiB, bus: ata })
    const hidden = addDisk(linux, { name: 'nvme0c0n1', size: GiB, bus: 'pci0000:00/nvme/nvme0' })
    linux.put({ [`${hidden}/hidden`]: '1\n' })
    linux.put({ 'sys/block/loop0/size': '2048\n', 'sys/block/loop0/dev': '7:0\n' })
    expect(listDiskNodes(linux.places)).toEqual([])
  })
})
