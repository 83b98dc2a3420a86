import { MiB } from '../base/bytes.ts'
import { fromHex, guid, parseGuid, type Guid } from '../base/guid.ts'
import type { Json } from '../base/json.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { BootVolume, Machine } from '../model/machine.ts'
import { bootEntryName } from '../formats/efi-variable/boot-entry-name.ts'
import { serialiseBootNumber, serialiseBootOrder } from '../formats/efi-variable/boot-order.ts'
import type {
  Contents,
  DiskDesign,
  FileDesign,
  MbrPartitionDesign,
  PartitionDesign,
  PcDesign,
  TableDesign,
  VariableDesign,
} from './build/pc-design.ts'

/**
 * A practice PC of the same shape as a recorded machine: partitions, sizes, GUIDs, boot entries and free space; the
 * contents are stand-ins. `unsupported` for a disk whose table could not be read, which nobody can rebuild.
 */
export function designFromMachine(machine: Machine): Result<PcDesign> {
  const unreadable = machine.disks.find((disk) => disk.table.kind === 'unreadable')
  if (unreadable !== undefined)
    return fail('unsupported', { what: 'partition table', where: unreadable.name, found: 'unreadable' })
  return ok({
    disks: machine.disks.map((disk, index) => designDisk(machine, disk, index)),
    variables: machine.firmware.kind === 'bios' ? null : variablesOf(machine),
    description: describe(machine),
  })
}

function designDisk(machine: Machine, disk: Disk, index: number): DiskDesign {
  return {
    file: `disk${index}.img`,
    size: disk.size,
    sectorSize: disk.sectorSize,
    bus: disk.bus,
    model: disk.model,
    serial: `P${String(index + 1).padStart(4, '0')}`,
    removable: disk.removable,
    table: designTable(machine, disk),
  }
}

function designTable(machine: Machine, disk: Disk): TableDesign {
  const { table } = disk
  if (table.kind === 'none' || table.kind === 'unreadable') return { kind: 'none', partitions: [] }
  if (table.kind === 'mbr') {
    const partitions = disk.partitions.map((partition): MbrPartitionDesign => ({
      slot: partition.slot,
      type: partition.mbrType ?? 0x83,
      start: partition.start,
      blocks: partition.blocks,
      bootable: partition.slot === 1,
      contents: contentsOf(machine, partition),
    }))
    return { kind: 'mbr', signature: table.signature, partitions }
  }
  const partitions = disk.partitions.map((partition): PartitionDesign => ({
    slot: partition.slot,
    guid: guid(partition.id),
    typeGuid: partition.typeGuid ?? guid(partition.id),
    start: partition.start,
    blocks: partition.blocks,
    attributes: partition.attributes,
    name: partition.name.slice(0, 36),
    contents: contentsOf(machine, partition),
  }))
  const differs = table.agree ? undefined : disk.partitions.at(-1)?.slot
  return {
    kind: 'gpt',
    guid: table.guid,
    slots: table.slots,
    partitions,
    ...(differs === undefined ? {} : { backupDiffersIn: differs }),
  }
}

function contentsOf(machine: Machine, partition: Partition): Contents {
  const { volume } = partition
  const bootVolume = machine.bootVolumes.find((one) => one.partition === partition.id)
  const leaveFree = volume.free === null ? {} : { leaveFree: volume.free }
  switch (volume.fileSystem) {
    case 'fat12':
    case 'fat16':
    case 'fat32':
      return {
        kind: 'fat',
        type: volume.fileSystem === 'fat32' ? 'fat32' : 'fat16',
        label: fatLabel(volume.label),
        volumeId: hexOf(volume.uuid, 8),
        files: bootVolume === undefined ? [] : bootFiles(bootVolume),
        ...leaveFree,
      }
    case 'ntfs':
      // How far it can shrink is in pc.json: filling it up would write as much as the PC's owner has stored.
      return { kind: 'ntfs', label: volume.label.slice(0, 32), serial: hexOf(volume.uuid, 16), files: notes }
    case 'ext2':
    case 'ext3':
    case 'ext4':
      return {
        kind: 'ext4',
        label: volume.label.slice(0, 16),
        uuid: parseGuid(volume.uuid) ?? guidFromText(partition.id),
        files: notes,
      }
    case 'bitlocker':
      return { kind: 'bitlocker', seed: partition.id }
    default:
      return { kind: 'nothing' }
  }
}

const notes: readonly FileDesign[] = [
  {
    path: '/stand-in.txt',
    content: { kind: 'text', text: 'A stand-in for what the PC of the report holds.\n' },
  },
]

/** Loaders become stand-ins; everything else keeps its size. */
function bootFiles({ files }: BootVolume): readonly FileDesign[] {
  return files.map(({ path, size }): FileDesign => {
    if (/\/(bootmgfw|bootx64)\.efi$/i.test(path))
      return { path, content: { kind: 'stand-in', standIn: 'windows' } }
    if (/\/(systemd-bootx64|shimx64|grubx64)\.efi$/i.test(path))
      return { path, content: { kind: 'stand-in', standIn: 'linux' } }
    return { path, content: { kind: 'zeros', size } }
  })
}

function variablesOf({ firmware }: Machine): readonly VariableDesign[] {
  const variable = (name: string, data: Uint8Array) => ({ vendor: vendor.global, name, attributes: 7, data })
  const entries = firmware.bootEntries.map(({ number, data }) =>
    variable(bootEntryName(number), fromHex(data)),
  )
  const { bootOrder, bootNext } = firmware
  const order = bootOrder === null ? [] : [variable('BootOrder', serialiseBootOrder(bootOrder))]
  const next = bootNext === null ? [] : [variable('BootNext', serialiseBootNumber(bootNext))]
  return [...entries, ...order, ...next]
}

function describe(machine: Machine): Readonly<Record<string, Json>> {
  const { firmware, running, power, cpu, gpus, tpm, storageController, windows } = machine
  return {
    name: `Like ${machine.source.name || 'a recorded PC'}`.slice(0, 200),
    firmware: { kind: firmware.kind, access: firmware.access },
    running: { ...running },
    power: { ...power },
    memoryMiB: Math.max(1, Math.round(machine.memory / MiB)),
    cpu,
    gpus: gpus.slice(0, 16).map((gpu) => gpu.slice(0, 200)),
    tpm,
    storageController,
    volumes: volumesOf(machine),
    ...(windows === null ? {} : { windows: { ...windows } }),
  }
}

function volumesOf(machine: Machine): Readonly<Record<string, Json>> {
  const partitions = machine.disks.flatMap((disk) => (disk.table.kind === 'gpt' ? disk.partitions : []))
  const told = partitions.flatMap(({ id, size, volume }) => {
    const limit = shrinkLimitOf(size, volume)
    const bitlocker = volume.bitlocker === null ? {} : { bitlocker: { ...volume.bitlocker } }
    const shrink = limit === null ? {} : { shrinkLimitBytes: limit }
    const facts: Readonly<Record<string, Json>> = { ...bitlocker, ...shrink }
    return Object.keys(facts).length === 0 ? [] : [[id, facts] as const]
  })
  return Object.fromEntries(told)
}

/** NTFS is made nearly empty; what its owner has stored counts as what cannot be shrunk away. */
function shrinkLimitOf(size: number, volume: Partition['volume']): number | null {
  if (volume.shrinkLimit !== null) return volume.shrinkLimit
  return volume.fileSystem === 'ntfs' && volume.free !== null ? Math.max(0, size - volume.free) : null
}

function fatLabel(label: string): string {
  const plain = label.toUpperCase().replace(/[^A-Z0-9_ ]/g, '_')
  return plain.slice(0, 11).trim() || 'NO NAME'
}

function hexOf(text: string, digits: number): string {
  return text
    .replace(/[^0-9a-f]/gi, '')
    .toLowerCase()
    .padStart(digits, '0')
    .slice(0, digits)
}

/** An ext4 UUID where the report has none: the partition's own. */
function guidFromText(id: string): Guid {
  return parseGuid(id) ?? guid(`00000000-0000-4000-a000-${hexOf(id, 12)}`)
}
