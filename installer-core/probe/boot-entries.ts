import { fromHex, toHex } from '../base/guid.ts'
import { vendor } from '../base/well-known.ts'
import { devicePathText } from '../formats/device-path/device-path-text.ts'
import type { HardDriveNode } from '../formats/device-path/node.ts'
import { fileOf, hardDriveOf } from '../formats/device-path/short-form.ts'
import { parseBootEntryName } from '../formats/efi-variable/boot-entry-name.ts'
import { loadOptionAttribute, parseLoadOption, type LoadOption } from '../formats/load-option/load-option.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { BootEntry, BootVolume, Machine } from '../model/machine.ts'
import type { PartitionId } from '../model/primitives.ts'
import { safeText } from './safe-text.ts'
import type { VariableTable } from './variable-table.ts'

type Entries = Pick<Machine['firmware'], 'bootEntries' | 'unreadableEntries'>

/** Characters of a device path that are shown. */
export const devicePathLimit = 1024

/** What boot entries may point at. */
export interface BootTargets {
  readonly disks: readonly Disk[]
  readonly bootVolumes: readonly BootVolume[]
}

/** Decodes every Boot#### variable, sorted by number. A name in lower case is no entry to the firmware. */
export function readBootEntries(variables: VariableTable, targets: BootTargets): Entries {
  const bootEntries: BootEntry[] = []
  const unreadableEntries: Machine['firmware']['unreadableEntries'][number][] = []
  for (const variable of variables.all) {
    const name = variable.vendor === vendor.global ? parseBootEntryName(variable.name) : null
    if (name === null) continue
    const { number } = name
    const option = parseLoadOption(fromHex(variable.data))
    if (!name.standard) unreadableEntries.push({ number, reason: 'name' })
    else if (option.ok) bootEntries.push(bootEntry(number, option.value, variable.data, targets))
    else {
      const { field, offset } = option.failure.facts
      unreadableEntries.push({ number, reason: `${String(field)} at ${String(offset)}` })
    }
  }
  return {
    bootEntries: bootEntries.sort((a, b) => a.number - b.number),
    unreadableEntries: unreadableEntries.sort((a, b) => a.number - b.number),
  }
}

function bootEntry(number: number, option: LoadOption, data: string, targets: BootTargets): BootEntry {
  const { active, hidden, category } = loadOptionAttribute
  // The first path is what starts. Some firmware puts a note that the disk is gone before the path it was given.
  const named = option.paths.find((path) => hardDriveOf(path) !== null) ?? option.paths[0]
  const drive = named === undefined ? null : hardDriveOf(named)
  const file = named === undefined ? null : fileOf(named)
  const partition = drive === null ? null : partitionNamed(drive)
  return {
    number,
    description: safeText(option.description),
    active: (option.attributes & active) !== 0,
    hidden: (option.attributes & hidden) !== 0,
    category: (option.attributes & category) >> 8,
    partition,
    path: file === null ? null : safeText(file, devicePathLimit),
    devicePath: safeText(
      option.paths[0] === undefined ? '' : devicePathText(option.paths[0]),
      devicePathLimit,
    ),
    optionalData: toHex(option.optionalData),
    data,
    target: targetOf(drive, partition, file, targets),
  }
}

/** The identity that a hard drive node names; null when its signature is of no known kind. */
function partitionNamed({ signature, partitionNumber }: HardDriveNode): PartitionId | null {
  switch (signature.type) {
    case 'gpt':
      return signature.partitionGuid as string as PartitionId
    case 'mbr':
      return `mbr:${signature.diskSignature.toString(16).padStart(8, '0')}-${partitionNumber}` as PartitionId
    case 'other':
      return null
  }
}

function targetOf(
  drive: HardDriveNode | null,
  id: PartitionId | null,
  file: string | null,
  targets: BootTargets,
): BootEntry['target'] {
  if (drive === null) return file === null ? 'not-a-file' : 'unknown'
  if (id === null) return 'unknown'
  if (findPartition(drive, id, targets.disks) === null) return 'partition-missing'
  if (file === null) return 'not-a-file'
  const volumes = targets.bootVolumes.filter(({ partition }) => partition === id)
  if (volumes.some((volume) => holdsFile(volume, file))) return 'present'
  return volumes.length === 0 || volumes.some(({ incomplete }) => incomplete) ? 'unknown' : 'file-missing'
}

/**
 * The partition a node names. Its GUID decides, as it does for firmware: start and size in an entry may be older than a
 * repartitioning. Among clones that share the GUID, start and size tell.
 */
function findPartition(drive: HardDriveNode, id: PartitionId, disks: readonly Disk[]): Partition | null {
  const found = disks.flatMap(({ partitions }) => partitions.filter((partition) => partition.id === id))
  const exact = found.find(({ start, blocks }) => start === drive.start && blocks === drive.size)
  return exact ?? found[0] ?? null
}

function holdsFile(volume: BootVolume, file: string): boolean {
  const wanted = bootFileKey(file)
  return volume.files.some(({ path }) => bootFileKey(path) === wanted)
}

/** A path as FAT compares it: one kind of separator, from the root, without case. */
export function bootFileKey(path: string): string {
  return `/${path.replaceAll('\\', '/')}`.replace(/\/{2,}/g, '/').toLowerCase()
}
