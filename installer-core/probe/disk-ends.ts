import { bytes } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import { gptReach } from '../formats/gpt/gpt-reach.ts'
import type { DiskEnds, GptDisk } from '../formats/gpt/gpt-types.ts'
import type { BlockDevice } from '../ports/block-device.ts'
import type { Hasher } from '../ports/hasher.ts'

/** Reads both ends of a disk, as far as a partition table can reach into them. */
export async function readDiskEnds(device: BlockDevice): Promise<Result<DiskEnds>> {
  const { sectorSize } = device
  const sectors = Math.floor(device.size / sectorSize)
  const length = gptReach(sectorSize, sectors)
  const head = await device.read(bytes(0), bytes(length))
  if (!head.ok) return head
  const tail = await device.read(bytes(sectors * sectorSize - length), bytes(length))
  return tail.ok ? ok({ sectorSize, sectors, head: head.value, tail: tail.value }) : tail
}

/**
 * SHA-256 over everything that editing the table would replace. With a GPT: the first sector, then header and entry
 * array of the primary, then of the backup. Without one: the first two sectors and the last.
 */
export function tableDigest(ends: DiskEnds, gpt: GptDisk | null, hasher: Hasher): string {
  const hash = hasher.sha256()
  const { head, tail, sectorSize } = ends
  const parts =
    gpt === null
      ? [head.subarray(0, 2 * sectorSize), tail.subarray(Math.max(0, tail.length - sectorSize))]
      : [gpt.mbr, ...[gpt.copies.primary, gpt.copies.backup].flatMap((copy) => [copy.header, copy.entries])]
  for (const part of parts) hash.update(part)
  return hash.hex()
}
