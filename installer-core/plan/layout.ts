import { MiB, alignDown, alignUp, bytes, lba } from '../base/bytes.ts'
import { partitionType } from '../base/well-known.ts'
import type { Disk, Gap, Partition } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import type { Layout, PlannedStep } from '../model/plan.ts'

type Row = Layout['partitions'][number]

/** The disks that the steps touch, as they are. */
export function layoutsBefore(machine: Machine, steps: readonly PlannedStep[]): readonly Layout[] {
  return touchedDisks(machine, steps).map((disk) => playedLayout(disk, []))
}

/** The same disks as they will be: the steps played on the picture, nothing declared. */
export function layoutsAfter(machine: Machine, steps: readonly PlannedStep[]): readonly Layout[] {
  return touchedDisks(machine, steps).map((disk) => playedLayout(disk, steps))
}

/** One disk as it will be. */
export function playedLayout(disk: Disk, steps: readonly PlannedStep[]): Layout {
  const rows = steps.reduce(
    (now, step) => playStep(disk, now, step),
    disk.partitions.map((one) => rowOf(disk, one)),
  )
  return layoutOf(disk, rows)
}

/** Room between the rows and inside the usable blocks, whole MiB, sorted. */
export function gapsBetween(disk: Disk, rows: readonly Row[]): readonly Gap[] {
  if (disk.table.kind !== 'gpt') return []
  const { sectorSize, table } = disk
  const sorted = [...rows].sort((a, b) => a.start - b.start)
  const starts = [...sorted.map((row) => row.start * sectorSize), (table.lastUsable + 1) * sectorSize]
  let free = table.firstUsable * sectorSize
  const gaps: Gap[] = []
  for (const [index, start] of starts.entries()) {
    const from = alignUp(free, MiB)
    const size = alignDown(start, MiB) - from
    if (size > 0) {
      gaps.push({ start: lba(from / sectorSize), blocks: size / sectorSize, size: bytes(size) })
    }
    free = Math.max(free, start + (sorted[index]?.size ?? 0))
  }
  return gaps
}

/** What a partition is for, in one word, told by its type and what lies in it. */
export function roleOf(partition: Partition): string {
  const known = Object.entries(partitionType).find(([, type]) => type === partition.typeGuid)?.[0]
  if (known === undefined || known === 'microsoftBasicData' || known === 'linuxGeneric') {
    return partition.volume.fileSystem
  }
  return known
}

function touchedDisks(machine: Machine, steps: readonly PlannedStep[]): readonly Disk[] {
  const ids = new Set<string>(
    steps.flatMap((step) => [
      ...('target' in step ? [step.target.disk] : 'disk' in step ? [step.disk] : []),
      ...(step.kind === 'write-stage' ? [step.job.disk] : []),
    ]),
  )
  return machine.disks.filter((disk) => ids.has(disk.id))
}

function playStep(disk: Disk, rows: readonly Row[], step: PlannedStep): Row[] {
  if (step.kind === 'create-partition' && step.disk === disk.id) {
    const { partition, slot, start, size, role } = step
    return [...rows, { partition, slot, start, size, role: `berth-${role}` }]
  }
  // What the stage does in the start that is chosen for it belongs to the picture.
  if (step.kind === 'write-stage' && step.job.disk === disk.id)
    return rows.map((row) => (row.partition === step.job.partition ? { ...row, size: step.job.to } : row))
  if (!('target' in step) || step.target.disk !== disk.id) return [...rows]
  const { partition } = step.target
  if (step.kind === 'remove-partition') return rows.filter((row) => row.partition !== partition)
  if (step.kind !== 'shrink-volume' && step.kind !== 'grow-volume' && step.kind !== 'return-room')
    return [...rows]
  return rows.map((row) => (row.partition === partition ? { ...row, size: step.to } : row))
}

function rowOf(disk: Disk, partition: Partition): Row {
  const { id, slot, start, blocks } = partition
  return { partition: id, slot, start, size: bytes(blocks * disk.sectorSize), role: roleOf(partition) }
}

function layoutOf(disk: Disk, rows: readonly Row[]): Layout {
  const partitions = [...rows].sort((a, b) => a.start - b.start)
  return { disk: disk.id, partitions, gaps: gapsBetween(disk, partitions) }
}
