import { createHash } from 'node:crypto'
import { GiB, MiB, alignDown, alignUp, bytes, lba } from '../../base/bytes.ts'
import { guid, type Guid } from '../../base/guid.ts'
import { partitionType } from '../../base/well-known.ts'
import type { Disk, Gap, Partition, Table, Volume } from '../../model/disk.ts'
import type { DiskId, PartitionId, SafeText } from '../../model/primitives.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** A partition of a made-up disk. Sizes and positions in bytes; what is not given is harmless. */
export interface PartitionSpec {
  readonly id?: string
  readonly type: keyof typeof partitionType | Guid
  readonly size: number
  /** Bytes left unused before it. */
  readonly gapBefore?: number
  readonly slot?: number
  readonly name?: string
  readonly attributes?: string
  readonly volume?: Partial<Writable<Volume>>
}

/** A made-up disk. */
export interface DiskSpec {
  readonly id?: string
  readonly name?: string
  readonly size?: number
  readonly sectorSize?: 512 | 4096
  readonly bus?: Disk['bus']
  readonly removable?: boolean
  readonly serial?: string | null
  /** What is not as it should be in its GPT. */
  readonly gpt?: Partial<Extract<Table, { kind: 'gpt' }>>
  /** Instead of a GPT. */
  readonly table?: Exclude<Table, { kind: 'gpt' }>
  readonly partitions?: readonly PartitionSpec[]
}

/** A GUID made from a name: the same name always gives the same one. */
export function guidOf(name: string): Guid {
  const hex = createHash('sha256').update(name).digest('hex')
  return guid(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  )
}

export const partitionIdOf = (name: string): PartitionId =>
  guidOf(`partition ${name}`) as string as PartitionId
export const diskIdOf = (name: string): DiskId => guidOf(`disk ${name}`) as string as DiskId

/** A disk with its partitions laid out one after the other from 1 MiB, and its gaps worked out. */
export function buildDisk(spec: DiskSpec = {}): Disk {
  const name = spec.name ?? 'disk0.img'
  const sectorSize = spec.sectorSize ?? 512
  const size = spec.size ?? 64 * GiB
  const partitions = layOut(spec.partitions ?? [], sectorSize)
  const table = buildTable(spec, name, size / sectorSize, sectorSize)
  return {
    id: (spec.id ?? (table.kind === 'gpt' ? table.guid : `mbr:${name}`)) as DiskId,
    name: name as SafeText,
    sectorSize,
    size: bytes(size),
    model: 'Practice Disk' as SafeText,
    serial: spec.serial === undefined ? ('P0001' as SafeText) : (spec.serial as SafeText | null),
    bus: spec.bus ?? 'nvme',
    removable: spec.removable ?? false,
    table,
    tableDigest: createHash('sha256')
      .update(JSON.stringify([table, partitions]))
      .digest('hex'),
    partitions,
    gaps: gapsOf(table, partitions, sectorSize),
  }
}

/** A volume of one kind, empty and clean. */
export function buildVolume(fileSystem: Volume['fileSystem'], more: Partial<Writable<Volume>> = {}): Volume {
  return {
    fileSystem,
    size: null,
    free: null,
    shrinkLimit: null,
    dirty: null,
    hibernated: null,
    label: '' as SafeText,
    uuid: '',
    bitlocker: null,
    inUse: [],
    ...more,
  }
}

function buildTable(spec: DiskSpec, name: string, blocks: number, sectorSize: number): Table {
  if (spec.table !== undefined) return spec.table
  const array = Math.ceil((128 * 128) / sectorSize)
  return {
    kind: 'gpt',
    guid: guidOf(`disk ${name}`),
    primary: 'valid',
    backup: 'valid',
    agree: true,
    protectiveMbr: 'protective',
    firstUsable: lba(2 + array),
    lastUsable: lba(blocks - array - 2),
    slots: 128,
    problems: [],
    ...spec.gpt,
  }
}

function layOut(specs: readonly PartitionSpec[], sectorSize: number): Partition[] {
  let next = MiB
  return specs.map((spec, index) => {
    const start = next + (spec.gapBefore ?? 0)
    next = start + spec.size
    return {
      id: (spec.id ?? partitionIdOf(spec.name ?? `${index}`)) as PartitionId,
      slot: spec.slot ?? index + 1,
      typeGuid:
        spec.type in partitionType
          ? partitionType[spec.type as keyof typeof partitionType]
          : (spec.type as Guid),
      mbrType: null,
      start: lba(start / sectorSize),
      blocks: spec.size / sectorSize,
      size: bytes(spec.size),
      attributes: spec.attributes ?? '0000000000000000',
      name: (spec.name ?? '') as SafeText,
      volume: buildVolume('none', { size: bytes(spec.size), ...spec.volume }),
    }
  })
}

function gapsOf(table: Table, partitions: readonly Partition[], sectorSize: number): Gap[] {
  if (table.kind !== 'gpt') return []
  const sorted = [...partitions].sort((a, b) => a.start - b.start)
  const ends = [table.firstUsable * sectorSize, ...sorted.map((p) => p.start * sectorSize + p.size)]
  const starts = [...sorted.map((p) => p.start * sectorSize), (table.lastUsable + 1) * sectorSize]
  return ends.flatMap((end, i) => {
    const from = alignUp(end, MiB)
    const to = alignDown(starts[i] ?? 0, MiB)
    return to > from
      ? [{ start: lba(from / sectorSize), blocks: (to - from) / sectorSize, size: bytes(to - from) }]
      : []
  })
}
