import { alignDown, MiB } from '../../base/bytes.ts'
import type { Guid } from '../../base/guid.ts'
import type { Contents, DiskDesign, PartitionDesign } from '../build/pc-design.ts'
import type { Identities } from './seeded-guid.ts'

/** A partition of a template: what it is and how long, not yet where. */
export interface PartitionWish {
  /** Tells it apart within its disk; its GUID comes from it. */
  readonly key: string
  readonly typeGuid: Guid
  readonly name: string
  /** In bytes; `rest`: what the others leave. At most one of a disk. */
  readonly size: number | 'rest'
  readonly attributes?: string
  readonly contents: Contents
}

/** A GPT disk of a template. */
export interface DiskWish {
  readonly file: string
  readonly size: number
  readonly sectorSize: 512 | 4096
  readonly bus: DiskDesign['bus']
  readonly serial: string
  readonly partitions: readonly PartitionWish[]
  /** Room left unused at the end, in bytes. */
  readonly gap?: number
  readonly backupDiffersIn?: number
}

const noAttributes = '0'.repeat(16)

/** Puts the partitions one behind the other from 1 MiB on, on whole MiB, as installers do. */
export function layOut(wish: DiskWish, identities: Identities): DiskDesign {
  const { file, size, sectorSize, bus, serial } = wish
  const end = alignDown(size - MiB, MiB) - (wish.gap ?? 0)
  const fixed = wish.partitions.reduce((sum, { size: own }) => sum + (own === 'rest' ? 0 : own), MiB)
  let at = MiB
  const partitions = wish.partitions.map((partition, index): PartitionDesign => {
    const length = partition.size === 'rest' ? end - fixed : partition.size
    const start = at / sectorSize
    at += length
    return {
      slot: index + 1,
      guid: identities.guid(`${file} ${partition.key}`),
      typeGuid: partition.typeGuid,
      start,
      blocks: length / sectorSize,
      attributes: partition.attributes ?? noAttributes,
      name: partition.name,
      contents: partition.contents,
    }
  })
  const differs = wish.backupDiffersIn === undefined ? {} : { backupDiffersIn: wish.backupDiffersIn }
  const table = { kind: 'gpt' as const, guid: identities.guid(file), partitions, ...differs }
  return { file, size, sectorSize, bus, model: 'Practice Disk', serial, removable: false, table }
}

/** A partition of a laid-out disk by its slot. */
export function partitionIn(disk: DiskDesign, slot: number): PartitionDesign {
  const found = disk.table.kind === 'gpt' ? disk.table.partitions.find((one) => one.slot === slot) : undefined
  if (found === undefined) throw new Error(`${disk.file} has no partition in slot ${slot}`)
  return found
}
