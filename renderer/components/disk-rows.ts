import { partitionType } from '../../installer-core/base/well-known.ts'
import type { Disk, Partition } from '../../installer-core/model/disk.ts'
import type { Layout, Plan } from '../../installer-core/model/plan.ts'

export type PartKind =
  | 'esp'
  | 'xbootldr'
  | 'msr'
  | 'recovery'
  | 'windows'
  | 'bitlocker'
  | 'data'
  | 'linux'
  | 'swap'
  | 'other'
  | 'gap'
  | 'berthBoot'
  | 'berthData'

/** One part of a disk's picture, in the order of the disk. Sizes in bytes. */
export interface DiskRow {
  readonly key: string
  readonly kind: PartKind
  readonly name: string
  readonly size: number
  readonly start: number
  readonly free: number | null
  readonly fileSystem: string | null
  /** The size before; null when it did not change. */
  readonly from: number | null
  readonly isNew: boolean
}

/** A disk as it was looked at. */
export function rowsOf(disk: Disk, berth: string | null = null): readonly DiskRow[] {
  const parts = disk.partitions.map((partition): DiskRow => ({
    key: partition.id,
    kind: partition.id === berth ? 'berthBoot' : kindOf(partition),
    name: partition.volume.label || partition.name,
    size: partition.size,
    start: partition.start,
    free: partition.volume.free,
    fileSystem: partition.volume.fileSystem,
    from: null,
    isNew: false,
  }))
  return [...parts, ...disk.gaps.map(gapRow)].sort((a, b) => a.start - b.start)
}

/** The same disk as a plan leaves it. */
export function rowsAfter(disk: Disk, layout: Layout, plan: Plan): readonly DiskRow[] {
  const known = new Map(rowsOf(disk).map((row) => [row.key, row]))
  const made = new Map(
    plan.steps.flatMap((step) =>
      step.kind === 'create-partition' ? [[step.partition as string, step] as const] : [],
    ),
  )
  const parts = layout.partitions.map(({ partition, size, start }): DiskRow => {
    const old = known.get(partition)
    const step = made.get(partition)
    if (old === undefined)
      return {
        key: partition,
        kind: step?.role === 'data' ? 'berthData' : 'berthBoot',
        name: step?.name ?? '',
        size,
        start,
        free: null,
        fileSystem: null,
        from: null,
        isNew: true,
      }
    const changed = old.size !== size
    const free = old.free === null ? null : Math.max(0, old.free - (old.size - size))
    return { ...old, size, start, free, from: changed ? old.size : null }
  })
  return [...parts, ...layout.gaps.map(gapRow)].sort((a, b) => a.start - b.start)
}

function gapRow({ start, size }: { readonly start: number; readonly size: number }): DiskRow {
  return {
    key: `gap ${start}`,
    kind: 'gap',
    name: '',
    size,
    start,
    free: null,
    fileSystem: null,
    from: null,
    isNew: false,
  }
}

function kindOf({ typeGuid, volume }: Partition): PartKind {
  if (volume.fileSystem === 'bitlocker') return 'bitlocker'
  switch (typeGuid) {
    case partitionType.esp:
      return 'esp'
    case partitionType.xbootldr:
      return 'xbootldr'
    case partitionType.microsoftReserved:
      return 'msr'
    case partitionType.windowsRecovery:
      return 'recovery'
    case partitionType.microsoftBasicData:
      return volume.fileSystem === 'ntfs' ? 'windows' : 'data'
    case partitionType.linuxRootX64:
    case partitionType.linuxGeneric:
    case partitionType.linuxHome:
    case partitionType.linuxVar:
    case partitionType.linuxLvm:
    case partitionType.linuxRaid:
      return 'linux'
    case partitionType.linuxSwap:
      return 'swap'
    default:
      return 'other'
  }
}
