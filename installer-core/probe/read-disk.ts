import { bytes } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import { hasGptTrace, parseGpt } from '../formats/gpt/parse-gpt.ts'
import type { DiskEnds, GptDisk, GptPartition } from '../formats/gpt/gpt-types.ts'
import { mbrKind } from '../formats/mbr/mbr-kind.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { BlockDevice } from '../ports/block-device.ts'
import type { Hasher } from '../ports/hasher.ts'
import { readDiskEnds, tableDigest } from './disk-ends.ts'
import { findGaps } from './find-gaps.ts'
import type { DiskFacts, DiskLayout, PlacedPartition } from './disk-layout.ts'
import { readMbr } from './read-mbr.ts'
import { safeText } from './safe-text.ts'
import { readVolume } from './volumes/read-volume.ts'
import { partitionReader } from './volumes/volume-reader.ts'

/**
 * Reads a disk: its table with whatever is wrong with it, every partition, what lies in each, and the gaps. A damaged
 * table is part of the answer; only a disk whose ends cannot be read is a failure.
 */
export async function readDisk(device: BlockDevice, facts: DiskFacts, hasher: Hasher): Promise<Result<Disk>> {
  const ends = await readDiskEnds(device)
  if (!ends.ok) return ends
  const gpt = hasGpt(ends.value) ? parseGpt(ends.value) : null
  const layout =
    gpt === null
      ? await readMbr(device, ends.value, facts.index)
      : gpt.ok
        ? gptLayout(gpt.value)
        : unreadable(facts.index, String(gpt.failure.facts['field']))
  const partitions: Partition[] = []
  for (const partition of layout.partitions)
    partitions.push({ ...partition, volume: await readVolume(readerOf(device, partition)) })
  return ok({
    ...layout,
    partitions,
    name: safeText(facts.name),
    sectorSize: device.sectorSize,
    size: device.size,
    model: safeText(facts.model.trim()),
    serial: facts.serial === null ? null : safeText(facts.serial.trim()),
    bus: facts.bus,
    removable: facts.removable,
    tableDigest: tableDigest(ends.value, gpt?.ok ? gpt.value : null, hasher),
  })
}

/** An MBR with partitions of its own, or a volume without any table, outweighs what is left of an older GPT. */
function hasGpt(ends: DiskEnds): boolean {
  const kind = mbrKind(ends.head)
  return kind !== 'mbr' && kind !== 'boot-sector' && hasGptTrace(ends)
}

function readerOf(device: BlockDevice, { start, size }: PlacedPartition) {
  return partitionReader(device, start * device.sectorSize, size)
}

function gptLayout(gpt: GptDisk): DiskLayout {
  const { guid, primary, backup, agree, protectiveMbr, firstUsable, lastUsable, slots } = gpt
  return {
    id: guid as string as DiskId,
    table: {
      kind: 'gpt',
      guid,
      primary,
      backup,
      agree,
      protectiveMbr,
      firstUsable,
      lastUsable,
      slots,
      problems: [...gpt.problems],
    },
    partitions: gpt.partitions.filter(hasLength(gpt)).map((entry) => gptPartition(entry, gpt.sectorSize)),
    gaps: findGaps(firstUsable, lastUsable, gpt.partitions, gpt.sectorSize),
  }
}

/** An entry that ends before it starts, or starts beyond the disk, is no partition; the table's problems name it. */
function hasLength({ sectors }: GptDisk) {
  return ({ start, blocks }: GptPartition) => blocks >= 1 && start < sectors && blocks <= 2 ** 40
}

function gptPartition(entry: GptPartition, sectorSize: number): PlacedPartition {
  return {
    id: entry.guid as string as PartitionId,
    slot: entry.slot,
    typeGuid: entry.typeGuid,
    mbrType: null,
    start: entry.start,
    blocks: entry.blocks,
    size: bytes(entry.blocks * sectorSize),
    attributes: entry.attributes,
    name: safeText(entry.name),
  }
}

function unreadable(index: number, reason: string): DiskLayout {
  return {
    id: `disk:${index}` as DiskId,
    table: { kind: 'unreadable', reason: safeText(reason) },
    partitions: [],
    gaps: [],
  }
}
