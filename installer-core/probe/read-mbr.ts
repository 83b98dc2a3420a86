import { bytes } from '../base/bytes.ts'
import type { DiskEnds } from '../formats/gpt/gpt-types.ts'
import { isExtended, parseMbr, readLogicals, type MbrPartition } from '../formats/mbr/parse-mbr.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { BlockDevice } from '../ports/block-device.ts'
import type { DiskLayout, PlacedPartition } from './disk-layout.ts'
import { safeText } from './safe-text.ts'

/**
 * What a disk without a GPT holds: the primary and logical partitions of its MBR, or nothing. Such a disk is only
 * described, never edited, so it has no gaps to offer. A chain of logical partitions that is broken counts as empty.
 */
export async function readMbr(device: BlockDevice, ends: DiskEnds, index: number): Promise<DiskLayout> {
  const nameless = `disk:${index}`
  const mbr = parseMbr(ends.head.subarray(0, ends.sectorSize))
  if (!mbr.ok || mbr.value.kind !== 'mbr')
    return { id: nameless as DiskId, table: { kind: 'none' }, partitions: [], gaps: [] }
  const { signature, partitions: primary } = mbr.value
  const id = /^0*$/.test(signature) ? nameless : `mbr:${signature}`
  const extended = primary.find(isExtended)
  const logical = extended === undefined ? [] : await readChain(device, extended)
  const partitions = [...primary, ...logical].filter(
    ({ start, blocks }) => blocks > 0 && start + blocks <= ends.sectors,
  )
  return {
    id: id as DiskId,
    table: { kind: 'mbr', signature, bootable: primary.some(({ active }) => active) },
    partitions: partitions.map((partition) => mbrPartition(partition, id, ends.sectorSize)),
    gaps: [],
  }
}

/** Follows the chain as often as it asks for a sector that was not read yet. */
async function readChain(device: BlockDevice, extended: MbrPartition): Promise<readonly MbrPartition[]> {
  const { sectorSize } = device
  const sectors = new Map<number, Uint8Array | null>()
  for (;;) {
    const wanted: number[] = []
    const chain = readLogicals(extended, (at) => {
      if (!sectors.has(at)) wanted.push(at)
      return sectors.get(at) ?? null
    })
    const [next] = wanted
    if (next === undefined) return chain.ok ? chain.value : []
    const inside = (next + 1) * sectorSize <= device.size
    const read = inside ? await device.read(bytes(next * sectorSize), bytes(sectorSize)) : null
    sectors.set(next, read?.ok ? read.value : null)
  }
}

function mbrPartition(partition: MbrPartition, disk: string, sectorSize: number): PlacedPartition {
  const { slot, type, start, blocks } = partition
  return {
    id: `${disk}-${slot}` as PartitionId,
    slot,
    typeGuid: null,
    mbrType: type,
    start,
    blocks,
    size: bytes(blocks * sectorSize),
    attributes: '0000000000000000',
    name: safeText(''),
  }
}
