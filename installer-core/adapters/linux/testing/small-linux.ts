import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { vendor } from '../../../base/well-known.ts'
import { openFileDisk, type RawDisk } from '../../disk-image/raw-disk.ts'
import { furnish, placesOf, smallPc } from '../../testing/small-pc.ts'
import { addDisk, fakeLinux, type FakeLinux } from './fake-linux.ts'

/** As much of a partition as holds something: what a FAT32 begins with. */
const furnished = 8 * MiB

/** A Linux with the disk of `smallPc`, which is a file, and whose partitions are files of their own, as the kernel shows them. */
export function smallLinux(sectorSize: 512 | 4096): FakeLinux {
  const linux = fakeLinux()
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
