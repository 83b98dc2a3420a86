import { partitionType } from '../../base/well-known.ts'
import type { Disk } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import { finding, type Finding } from '../finding.ts'
import { extent, isPortable } from '../locate.ts'

/** Why nothing may be put on this disk at all; null when it is fit. */
export function diskRefusal(machine: Machine, disk: Disk): Finding | null {
  return portable(disk) ?? unusableTable(disk) ?? doubled(machine, disk) ?? inUseByOthers(disk)
}

/** Why its partition table must not be changed although its files may; null when it may. */
export function tableEditRefusal(disk: Disk): Finding | null {
  if (disk.table.kind !== 'gpt') return null
  if (disk.table.backup !== 'valid') {
    return refuse(disk, 'disk-table-damaged', {
      problems: problemsOf(disk.table.problems, disk.table.backup),
    })
  }
  if (disk.table.protectiveMbr === 'missing') return refuse(disk, 'disk-protective-mbr-missing')
  if (disk.partitions.length >= disk.table.slots) {
    return refuse(disk, 'disk-slots-full', { slots: disk.table.slots })
  }
  return null
}

function portable(disk: Disk): Finding | null {
  return isPortable(disk) ? refuse(disk, 'disk-removable') : null
}

function unusableTable(disk: Disk): Finding | null {
  const { table } = disk
  switch (table.kind) {
    case 'mbr':
      return refuse(disk, 'disk-mbr')
    case 'none':
      return refuse(disk, 'disk-no-table')
    case 'unreadable':
      return refuse(disk, 'disk-table-unreadable', { reason: table.reason })
    case 'gpt':
      if (table.protectiveMbr === 'hybrid') return refuse(disk, 'disk-hybrid-mbr')
      if (
        table.primary === 'valid' &&
        table.backup !== 'damaged' &&
        (table.agree || table.backup === 'misplaced')
      )
        return overlapping(disk)
      return refuse(disk, 'disk-table-damaged', {
        problems: problemsOf(table.problems, 'the two copies differ'),
      })
  }
}

function overlapping(disk: Disk): Finding | null {
  const sorted = [...disk.partitions].sort((a, b) => a.start - b.start)
  const bad = sorted.find((partition, index) => {
    const next = sorted[index + 1]
    return next !== undefined && extent(disk, partition).end > extent(disk, next).start
  })
  return bad === undefined ? null : refuse(disk, 'disk-overlap', { partition: bad.id })
}

function doubled(machine: Machine, disk: Disk): Finding | null {
  if (machine.ambiguous.disks.includes(disk.id)) return refuse(disk, 'disk-duplicate')
  const partition = disk.partitions.find(
    (one) =>
      machine.ambiguous.partitions.includes(one.id) ||
      disk.partitions.some((other) => other !== one && other.id === one.id),
  )
  return partition === undefined ? null : refuse(disk, 'partition-duplicate', { partition: partition.id })
}

function inUseByOthers(disk: Disk): Finding | null {
  const dynamic: readonly (string | null)[] = [partitionType.ldmMetadata, partitionType.ldmData]
  if (disk.partitions.some((partition) => dynamic.includes(partition.typeGuid))) {
    return refuse(disk, 'disk-ldm')
  }
  return null
}

function refuse(disk: Disk, id: Finding['id'], facts: Finding['facts'] = {}): Finding {
  return finding(id, 'blocker', { where: disk.id, facts: { disk: disk.name, ...facts } })
}

function problemsOf(problems: readonly string[], otherwise: string): string {
  return problems.length === 0 ? otherwise : problems.join(', ')
}
