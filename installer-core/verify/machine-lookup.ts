import type { Partition } from '../model/disk.ts'
import type { BootFile, Machine } from '../model/machine.ts'
import type { PartitionId } from '../model/primitives.ts'

/** A partition wherever it lies; null when there is none of this identity. */
export function partitionIn(machine: Machine, id: PartitionId): Partition | null {
  return machine.disks.flatMap((disk) => disk.partitions).find((partition) => partition.id === id) ?? null
}

/** A file of a boot volume; names compare without case, as FAT does. */
export function fileIn(machine: Machine, partition: PartitionId, path: string): BootFile | null {
  const volume = machine.bootVolumes.find((candidate) => candidate.partition === partition)
  return volume?.files.find((file) => file.path.toLowerCase() === path.toLowerCase()) ?? null
}

/** The whole data of a Boot#### as hex; null when it is absent or cannot be decoded. */
export function entryData(machine: Machine, number: number): string | null {
  return machine.firmware.bootEntries.find((entry) => entry.number === number)?.data ?? null
}

/** BootOrder without one entry, as text; `absent` when the variable is. */
export function orderText(order: readonly number[] | null, without: ReadonlySet<number> = new Set()): string {
  if (order === null) return 'absent'
  return order
    .filter((number) => !without.has(number))
    .map((number) => number.toString(16).toUpperCase().padStart(4, '0'))
    .join(',')
}

/** Where a partition lies, and as what: everything of its entry that must not change. */
export function placeText({ slot, start, blocks, typeGuid, attributes }: Partition): string {
  return `slot ${slot}, start ${start}, ${blocks} blocks, type ${typeGuid ?? ''}, attributes ${attributes}`
}
