import { partitionType } from '../base/well-known.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { BootEntry, Machine } from '../model/machine.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'

/** A partition and the disk it lies on. */
export interface Place {
  readonly disk: Disk
  readonly partition: Partition
}

/** Every partition of the PC, disk by disk. */
export function places(machine: Machine): readonly Place[] {
  return machine.disks.flatMap((disk) => disk.partitions.map((partition) => ({ disk, partition })))
}

/** The one partition of this identity; null when there is none or more than one (a clone). */
export function findPlace(machine: Machine, id: PartitionId | null): Place | null {
  let found: Place | null = null
  for (const disk of id === null ? [] : machine.disks) {
    for (const partition of disk.partitions) {
      if (partition.id !== id) continue
      if (found !== null) return null
      found = { disk, partition }
    }
  }
  return found
}

/** The one disk of this identity; null when there is none or more than one. */
export function findDisk(machine: Machine, id: DiskId): Disk | null {
  const found = machine.disks.filter((disk) => disk.id === id)
  return found.length === 1 ? (found[0] ?? null) : null
}

export const isEsp = (partition: Partition): boolean => partition.typeGuid === partitionType.esp
export const isXbootldr = (partition: Partition): boolean => partition.typeGuid === partitionType.xbootldr

/** A disk that goes away with the hand that holds it: a stick, a card, a disk on USB. */
export const isPortable = (disk: Disk): boolean => disk.removable || disk.bus === 'usb'

/** First byte of a partition and the first byte behind it. */
export function extent(disk: Disk, partition: Partition): { readonly start: number; readonly end: number } {
  const start = partition.start * disk.sectorSize
  return { start, end: start + partition.size }
}

const windowsLoader = /^[\\/]efi[\\/]microsoft[\\/]boot[\\/]bootmgfw\.efi$/i

/** True for an entry that starts Windows' boot manager, told by its file and never by its description. */
export function startsWindows(entry: BootEntry): boolean {
  return entry.path !== null && windowsLoader.test(entry.path)
}

/**
 * The ESP of the present system: the one it was started from, else the one behind the running or an installed system,
 * else the one the first working boot entry names, else the first. Portable disks and doubled identities never count.
 */
export function systemEsp(machine: Machine): Place | null {
  for (const guess of espGuesses(machine)) {
    const place = findPlace(machine, guess)
    if (place !== null && isEsp(place.partition) && !isPortable(place.disk)) return place
  }
  return null
}

/** Likeliest first; worked out only as far as they are needed. */
function* espGuesses(machine: Machine): Generator<PartitionId | null> {
  const { bootEntries, bootOrder } = machine.firmware
  yield machine.running.bootedFrom
  for (const system of machine.installed) if (system.running) yield system.bootVolume
  for (const system of machine.installed) if (system.kind === 'windows') yield system.bootVolume
  for (const number of bootOrder ?? []) {
    yield (
      bootEntries.find((entry) => entry.number === number && entry.target === 'present')?.partition ?? null
    )
  }
  for (const { partition } of places(machine)) if (isEsp(partition)) yield partition.id
}

/** The entry that starts the present Windows: its partition and path decide when there are several. */
export function windowsEntry(machine: Machine): BootEntry | null {
  const entries = machine.firmware.bootEntries.filter(startsWindows)
  const esp = systemEsp(machine)?.partition.id
  const order = machine.firmware.bootOrder ?? []
  const rank = (entry: BootEntry): number =>
    (entry.target === 'present' ? 0 : 8) +
    (entry.partition !== null && entry.partition === esp ? 0 : 4) +
    (entry.active ? 0 : 2) +
    (order.includes(entry.number) ? 0 : 1)
  return [...entries].sort((a, b) => rank(a) - rank(b) || a.number - b.number)[0] ?? null
}
