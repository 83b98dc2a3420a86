import { alignDown } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { gptReach } from '../../formats/gpt/gpt-reach.ts'
import type { DiskEnds, GptDisk, GptPartition } from '../../formats/gpt/gpt-types.ts'
import { parseGpt } from '../../formats/gpt/parse-gpt.ts'
import { mbrKind } from '../../formats/mbr/mbr-kind.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import type { Hasher } from '../../ports/hasher.ts'
import type { DiskFacts } from '../../probe/disk-layout.ts'
import { readDisk } from '../../probe/read-disk.ts'
import { imageBlockDevice } from './image-block-device.ts'
import type { RawDisk } from './raw-disk.ts'

/** One of the PC's disks. */
export interface FoundDisk {
  readonly index: number
  readonly disk: RawDisk
}
/** A partition of a GPT disk, as its table says now. */
export interface FoundPartition extends FoundDisk {
  readonly ends: DiskEnds
  readonly gpt: GptDisk
  readonly partition: GptPartition
  /** First byte, and length in bytes. */
  readonly offset: number
  readonly size: number
}

/** Finds a PC's disks and partitions by identity, every time anew from what is on them. */
export class ImageDisks {
  readonly #disks: readonly RawDisk[]
  readonly #facts: readonly DiskFacts[]
  readonly #hasher: Hasher

  /** `facts`: what is known of each disk, in the same order. */
  constructor(disks: readonly RawDisk[], facts: readonly DiskFacts[], hasher: Hasher) {
    this.#disks = disks
    this.#facts = facts
    this.#hasher = hasher
  }

  /** `unknown-disk` when it is not there, `identity-changed` when two disks carry it. */
  async find(id: DiskId): Promise<Result<FoundDisk>> {
    const found: FoundDisk[] = []
    for (const [index, disk] of this.#disks.entries()) {
      const own = await this.#idOf(disk, index)
      if (!own.ok) return own
      if (own.value === id) found.push({ index, disk })
    }
    const [only, ...more] = found
    if (only === undefined) return fail('unknown-disk', { what: id })
    return more.length === 0
      ? ok(only)
      : fail('identity-changed', { what: id, found: `${found.length} disks` })
  }

  /** `unknown-partition` when it is not on this disk, `identity-changed` when it is there twice or reaches beyond the disk. */
  async findPartition(id: DiskId, partitionId: PartitionId): Promise<Result<FoundPartition>> {
    const found = await this.find(id)
    if (!found.ok) return found
    const { disk } = found.value
    const ends = readEnds(disk)
    if (!ends.ok) return ends
    const gpt = parseGpt(ends.value)
    if (!gpt.ok) return fail('unknown-partition', { what: partitionId, where: id }, { cause: gpt.failure })
    const [partition, ...more] = gpt.value.partitions.filter(({ guid }) => guid === (partitionId as string))
    if (partition === undefined) return fail('unknown-partition', { what: partitionId, where: id })
    const offset = partition.start * disk.sectorSize
    const size = partition.blocks * disk.sectorSize
    if (more.length > 0 || offset + size > disk.size)
      return fail('identity-changed', { what: partitionId, found: 'duplicate or beyond the disk' })
    return ok({ ...found.value, ends: ends.value, gpt: gpt.value, partition, offset, size })
  }

  /** Everything about disk `index`, volumes included. */
  read(disk: RawDisk, index: number) {
    const facts = this.#facts[index]
    if (facts === undefined) throw new RangeError(`no disk ${index}`)
    return readDisk(imageBlockDevice(disk, 'read'), facts, this.#hasher)
  }

  /** A GPT disk is told by its table alone; only others need a closer look. */
  async #idOf(disk: RawDisk, index: number): Promise<Result<DiskId>> {
    const ends = readEnds(disk)
    if (!ends.ok) return ends
    const kind = mbrKind(ends.value.head)
    const gpt = kind === 'mbr' || kind === 'boot-sector' ? null : parseGpt(ends.value)
    if (gpt?.ok === true) return ok(gpt.value.guid as string as DiskId)
    const whole = await this.read(disk, index)
    return whole.ok ? ok(whole.value.id) : whole
  }
}

/** Both ends of a disk, as far as a partition table reaches into them. */
export function readEnds(disk: RawDisk): Result<DiskEnds> {
  const { sectorSize } = disk
  const sectors = alignDown(disk.size, sectorSize) / sectorSize
  const length = gptReach(sectorSize, sectors)
  const head = disk.read(0, length)
  if (!head.ok) return head
  const tail = disk.read(disk.size - length, length)
  return tail.ok ? ok({ sectorSize, sectors, head: head.value, tail: tail.value }) : tail
}
