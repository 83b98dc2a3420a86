import { lba } from '../../../base/bytes.ts'
import { guid, type Guid } from '../../../base/guid.ts'
import { expectOk } from '../../../base/result.ts'
import { partitionType } from '../../../base/well-known.ts'
import { createGpt } from '../create-gpt.ts'
import { editGpt } from '../edit-gpt.ts'
import { gptReach } from '../gpt-reach.ts'
import type { DiskEnds, GptDisk, GptEdit } from '../gpt-types.ts'
import { gptWrites, type GptWrite } from '../gpt-writes.ts'

type SectorSize = 512 | 4096
export const diskGuid = guid('0e5f4f6a-9f6d-4a77-8c6a-3d0d2f3a9b11')

/** A GUID that ends in `n`. */
export function numbered(n: number): Guid {
  return guid(`11111111-2222-4333-8444-${n.toString(16).padStart(12, '0')}`)
}

/** The two ends of a whole image, as a caller would read them. */
export function endsOf(image: Uint8Array, sectorSize: SectorSize = 512): DiskEnds {
  const sectors = Math.floor(image.length / sectorSize)
  const reach = gptReach(sectorSize, sectors)
  const whole = image.subarray(0, sectors * sectorSize)
  return { sectorSize, sectors, head: whole.subarray(0, reach), tail: whole.subarray(whole.length - reach) }
}

/** Applies writes to an image. */
export function applyWrites(image: Uint8Array, writes: readonly GptWrite[], sectorSize: SectorSize): void {
  for (const { lba: at, data } of writes) image.set(data, at * sectorSize)
}

/** A blank image with this table on it. */
export function imageOf(gpt: GptDisk): Uint8Array {
  const image = new Uint8Array(gpt.sectors * gpt.sectorSize)
  applyWrites(image, gptWrites(gpt), gpt.sectorSize)
  return image
}

type Addition = Extract<GptEdit, { kind: 'add' }>

/** An `add` edit with harmless values for what is not given. */
export function addition(
  slot: number,
  start: number,
  blocks: number,
  more: Partial<Addition> = {},
): Addition {
  return {
    kind: 'add',
    slot,
    guid: numbered(slot),
    typeGuid: partitionType.linuxGeneric,
    start: lba(start),
    blocks,
    attributes: '0000000000000000',
    name: `part ${slot}`,
    ...more,
  }
}

/** A table with these edits. */
export function tableWith(
  edits: readonly GptEdit[],
  shape: { readonly sectorSize?: SectorSize; readonly sectors?: number; readonly slots?: number } = {},
): GptDisk {
  const { sectorSize = 512, sectors = 4096, slots = 128 } = shape
  return expectOk(editGpt(expectOk(createGpt({ sectorSize, sectors, diskGuid, slots })), edits))
}
