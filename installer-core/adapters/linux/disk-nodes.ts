import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DiskFacts } from '../../probe/disk-layout.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { namesIn, readNumber, readText, realPath } from './sys-file.ts'

/** A partition as the kernel has it. Offsets and sizes in bytes. */
export interface PartitionNode {
  /** Its number in the table: the slot. */
  readonly number: number
  readonly name: string
  /** The device's file. */
  readonly path: string
  /** `major:minor`. */
  readonly device: string
  readonly start: number
  readonly size: number
}

/** A disk as the kernel has it, from sysfs. */
export interface DiskNode {
  readonly name: string
  readonly path: string
  readonly device: string
  /** Logical sector size; Berth handles 512 and 4096. */
  readonly sectorSize: number
  readonly size: number
  readonly model: string
  readonly serial: string | null
  readonly bus: DiskFacts['bus']
  readonly removable: boolean
  readonly partitions: readonly PartitionNode[]
}

/** sysfs counts in these, whatever a disk's own sectors are. */
const unit = 512
/** Parts of an eMMC that are no place for a system, and disks that have no medium. */
const leftOut = /^(mmcblk\d+(boot\d+|rpmb)|sr\d+|fd\d+)$/

/**
 * The disks of this PC, sorted by name: what stands for a device and has a size. Loop devices, RAM disks, device-mapper
 * and RAID volumes are no disks: they lie on some.
 */
export function listDiskNodes(places: LinuxPlaces): readonly DiskNode[] {
  const folder = join(places.sys, 'block')
  return namesIn(folder)
    .filter((name) => !leftOut.test(name) && isHardware(join(folder, name)))
    .flatMap((name) => {
      const node = readNode(places, join(folder, name), name)
      return node === null ? [] : [node]
    })
}

/** A path of an NVMe disk with several is hidden behind the disk itself. */
function isHardware(folder: string): boolean {
  return namesIn(folder).includes('device') && readNumber(join(folder, 'hidden')) !== 1
}

function readNode(places: LinuxPlaces, folder: string, name: string): DiskNode | null {
  const device = readText(join(folder, 'dev'))
  const blocks = readNumber(join(folder, 'size')) ?? 0
  if (device === null || blocks === 0) return null
  const real = realPath(folder)
  return {
    name,
    path: deviceFile(places, name),
    device,
    sectorSize: readNumber(join(folder, 'queue/logical_block_size')) ?? unit,
    size: blocks * unit,
    model: [readText(join(folder, 'device/vendor')), readText(join(folder, 'device/model'))]
      .filter((part) => part !== null && !/^(ATA|0x[0-9a-f]+)?$/.test(part))
      .join(' '),
    serial: serialOf(places, folder, device),
    bus: busOf(real),
    removable: readNumber(join(folder, 'removable')) === 1,
    partitions: namesIn(folder).flatMap((one) => readPartition(places, join(folder, one), one)),
  }
}

function readPartition(places: LinuxPlaces, folder: string, name: string): readonly PartitionNode[] {
  const number = readNumber(join(folder, 'partition'))
  const device = readText(join(folder, 'dev'))
  const start = readNumber(join(folder, 'start'))
  const size = readNumber(join(folder, 'size'))
  if (number === null || device === null || start === null || size === null) return []
  return [{ number, name, path: deviceFile(places, name), device, start: start * unit, size: size * unit }]
}

/** sysfs writes `!` where a name has `/`. */
function deviceFile({ dev }: LinuxPlaces, name: string): string {
  return join(dev, name.replaceAll('!', '/'))
}

/** What the disk says, else the page of SCSI that has it (SPC-4, 7.8.15), else what udev found out. */
function serialOf({ run }: LinuxPlaces, folder: string, device: string): string | null {
  const own = readText(join(folder, 'serial')) ?? readText(join(folder, 'device/serial'))
  if (own !== null && own !== '') return own
  const page = unitSerial(join(folder, 'device/vpd_pg80'))
  if (page !== null) return page
  const known = readText(join(run, 'udev/data', `b${device}`)) ?? ''
  return /^E:ID_SERIAL_SHORT=(.+)$/m.exec(known)?.[1] ?? null
}

function unitSerial(path: string): string | null {
  try {
    const page = readFileSync(path)
    const text = page.subarray(4, 4 + page.readUInt16BE(2)).toString('latin1')
    return text.trim() === '' ? null : text.trim()
  } catch {
    return null
  }
}

const buses: readonly (readonly [RegExp, DiskFacts['bus']])[] = [
  [/\/usb\d+\//, 'usb'],
  [/\/nvme\d+(\/|$)|\/nvme-subsystem\//, 'nvme'],
  [/\/ata\d+\//, 'sata'],
  [/\/mmc_host\//, 'mmc'],
  [/\/virtio\d+\/block\//, 'virtio'],
  [/\/host\d+\/target/, 'scsi'],
]

function busOf(real: string): DiskFacts['bus'] {
  return buses.find(([pattern]) => pattern.test(real))?.[1] ?? 'unknown'
}
