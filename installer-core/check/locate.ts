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
  const found = id === null ? [] : places(machine).filter((place) => place.partition.id === id)
  return found.length === 1 ? (found[0] ?? null) : null
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
  const running = machine.installed.filter((system) => system.running)
  const windows = machine.installed.filter((system) => system.kind === 'windows')
  const ordered = (machine.firmware.bootOrder ?? []).flatMap((number) =>
    machine.firmware.bootEntries.filter((entry) => entry.number === number && entry.target === 'present'),
  )
  const guesses: readonly (PartitionId | null)[] = [
    machine.running.bootedFrom,
    ...[...running, ...windows].map((system) => system.bootVolume),
    ...ordered.map((entry) => entry.partition),
    ...places(machine).map((place) => place.partition.id),
  ]
  for (const guess of guesses) {
    const place = findPlace(machine, guess)
    if (place !== null && isEsp(place.partition) && !isPortable(place.disk)) return place
  }
  return null
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
