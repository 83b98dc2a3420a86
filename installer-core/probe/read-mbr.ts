import { bytes, lba } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { DiskEnds } from '../formats/gpt/gpt-types.ts'
import { mbrEntriesAt, mbrKind } from '../formats/mbr/mbr-kind.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { BlockDevice } from '../ports/block-device.ts'
import type { DiskLayout, PlacedPartition } from './disk-layout.ts'
import { safeText } from './safe-text.ts'

const extendedTypes = [0x05, 0x0f, 0x85]
const firstLogicalSlot = 5
const logicalLimit = 128

interface MbrEntry {
  readonly slot: number
  readonly type: number
  readonly bootable: boolean
  readonly start: number
  readonly blocks: number
}

/**
 * What a disk without a GPT holds: the four primary partitions of its MBR and the chain of logical ones (slots from 5;
 * at most 128), or nothing. Such a disk is only described, never edited, so it has no gaps to offer.
 */
export async function readMbr(device: BlockDevice, ends: DiskEnds, index: number): Promise<DiskLayout> {
  if (mbrKind(ends.head) !== 'mbr')
    return { id: `disk:${index}` as DiskId, table: { kind: 'none' }, partitions: [], gaps: [] }
  const signature = new DataView(ends.head.buffer, ends.head.byteOffset).getUint32(440, true)
  const hex = signature.toString(16).padStart(8, '0')
  const id = signature === 0 ? `disk:${index}` : `mbr:${hex}`
  const primary = entriesOf(ends.head)
  const extended = primary.find(({ type }) => extendedTypes.includes(type))
  const logical = extended === undefined ? [] : await logicalEntries(device, extended)
  const entries = [...primary, ...logical].filter((entry) => entry.start + entry.blocks <= ends.sectors)
  return {
    id: id as DiskId,
    table: { kind: 'mbr', signature: hex, bootable: primary.some(({ bootable }) => bootable) },
    partitions: entries.map((entry) => mbrPartition(entry, id, ends.sectorSize)),
    gaps: [],
  }
}

function entriesOf(sector: Uint8Array): readonly MbrEntry[] {
  const view = new DataView(sector.buffer, sector.byteOffset)
  return [0, 1, 2, 3]
    .map((i) => {
      const at = mbrEntriesAt + 16 * i
      const bootable = view.getUint8(at) === 0x80
      const type = view.getUint8(at + 4)
      const start = view.getUint32(at + 8, true)
      return { slot: i + 1, type, bootable, start, blocks: view.getUint32(at + 12, true) }
    })
    .filter(({ type, blocks }) => type !== 0 && blocks > 0)
}

/**
 * Each logical partition has a table of its own: the partition, counted from that table, and the next table, counted
 * from the extended partition. A chain that breaks, leaves the extended partition or turns back ends there.
 */
async function logicalEntries(device: BlockDevice, extended: MbrEntry): Promise<readonly MbrEntry[]> {
  const found: MbrEntry[] = []
  let table = extended.start
  while (found.length < logicalLimit) {
    const sector = await readSector(device, table)
    if (!sector.ok || mbrKind(sector.value) !== 'mbr') break
    const entries = entriesOf(sector.value)
    const partition = entries.find(({ type }) => !extendedTypes.includes(type))
    const next = entries.find(({ type }) => extendedTypes.includes(type))
    if (partition)
      found.push({ ...partition, slot: firstLogicalSlot + found.length, start: table + partition.start })
    const following = extended.start + (next?.start ?? 0)
    if (following <= table || following >= extended.start + extended.blocks) break
    table = following
  }
  return found
}

async function readSector(device: BlockDevice, sector: number): Promise<Result<Uint8Array>> {
  const { sectorSize, size } = device
  if ((sector + 1) * sectorSize > size) return ok(new Uint8Array())
  return device.read(bytes(sector * sectorSize), bytes(sectorSize))
}

function mbrPartition(entry: MbrEntry, disk: string, sectorSize: number): PlacedPartition {
  return {
    id: `${disk}-${entry.slot}` as PartitionId,
    slot: entry.slot,
    typeGuid: null,
    mbrType: entry.type,
    start: lba(entry.start),
    blocks: entry.blocks,
    size: bytes(entry.blocks * sectorSize),
    attributes: '0000000000000000',
    name: safeText(''),
  }
}
