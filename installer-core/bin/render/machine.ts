import type { Disk, Partition } from '../../model/disk.ts'
import type { BootEntry, Machine } from '../../model/machine.ts'
import { formatSize } from '../../text/quantity.ts'
import { partitionRole } from '../../text/partition-role.ts'
import { entryName } from '../../text/template.ts'
import { tableLines } from '../../text/table.ts'

/** A machine for people: what starts, what lies on the disks, what was found. */
export function machineLines(machine: Machine): readonly string[] {
  return [
    ...firmwareLines(machine),
    '',
    ...machine.disks.flatMap((disk) => [...diskLines(disk), '']),
    'Systems found',
    ...tableLines(
      machine.installed.map(({ name, loader, entries, running }) => [
        name,
        entries.map(entryName).join(', ') || 'no boot entry',
        loader ?? '',
        running ? 'running now' : '',
      ]),
    ),
    '',
    `Berth: ${machine.berth.state === 'absent' ? 'not on this PC' : `${machine.berth.state}, ${machine.berth.release}`}`,
  ]
}

function firmwareLines({ firmware }: Machine): readonly string[] {
  const order = firmware.bootOrder === null ? 'absent' : firmware.bootOrder.map(entryName).join(', ')
  return [
    `Firmware: ${firmware.kind}, variables ${firmware.access}, Secure Boot ${firmware.secureBoot.state}${firmware.vendor === '' ? '' : `, ${firmware.vendor} ${firmware.version}`}`,
    `Boot order: ${order}`,
    ...(firmware.bootNext === null ? [] : [`Next start only: ${entryName(firmware.bootNext)}`]),
    ...tableLines(firmware.bootEntries.map(entryRow)),
    ...firmware.unreadableEntries.map(
      ({ number, reason }) => `  ${entryName(number)}  unreadable: ${reason}`,
    ),
  ]
}

function entryRow({ number, description, active, target, devicePath }: BootEntry): readonly string[] {
  return [
    entryName(number),
    description,
    active ? '' : 'inactive',
    target === 'present' ? '' : target,
    devicePath,
  ]
}

function diskLines(disk: Disk): readonly string[] {
  const { table } = disk
  const health =
    table.kind !== 'gpt' ? '' : table.agree ? '' : `, table damaged: ${table.problems.join(', ')}`
  const gaps = disk.gaps.map((gap) => ({
    start: gap.start,
    row: ['', 'free', '', formatSize(gap.size), '', '', ''],
  }))
  const partitions = disk.partitions.map((partition) => ({
    start: partition.start,
    row: partitionRow(partition),
  }))
  const rows = [...partitions, ...gaps].sort((a, b) => a.start - b.start).map(({ row }) => row)
  return [
    `Disk ${disk.id}: ${disk.name}, ${disk.model}, ${formatSize(disk.size)}, ${disk.sectorSize}-byte sectors, ${table.kind.toUpperCase()}${health}`,
    ...tableLines(rows),
  ]
}

function partitionRow(partition: Partition): readonly string[] {
  const { slot, size, volume, id } = partition
  const marks = [
    volume.hibernated === true ? 'hibernated' : '',
    volume.dirty === true ? 'needs a check' : '',
  ].filter((mark) => mark !== '')
  const free = volume.free === null ? '' : `${formatSize(volume.free)} free`
  return [
    String(slot),
    partitionRole(partition),
    volume.fileSystem,
    formatSize(size),
    free,
    marks.join(', '),
    id,
  ]
}
