import type { Disk, Partition, Table } from '../model/disk.ts'
import type { DiskId } from '../model/primitives.ts'

/** A partition before anybody looked into it. */
export type PlacedPartition = Omit<Partition, 'volume'>

/** What the system knows of a disk and its content cannot tell. Texts as they come: they are made safe here. */
export interface DiskFacts {
  readonly name: string
  readonly model: string
  readonly serial: string | null
  readonly bus: Disk['bus']
  readonly removable: boolean
  /** 0-based place among the disks, for one that carries no identity of its own: `disk:<index>`. */
  readonly index: number
}

/** A table and what follows from it; volumes not looked at yet. */
export interface DiskLayout {
  readonly id: DiskId
  readonly table: Table
  readonly partitions: readonly PlacedPartition[]
  readonly gaps: Disk['gaps']
}
