import { bytes } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import { gptReach } from '../formats/gpt/gpt-reach.ts'
import type { DiskEnds, GptDisk } from '../formats/gpt/gpt-types.ts'
import { gptDigestInput, plainDigestInput } from '../formats/gpt/table-digest.ts'
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

/** SHA-256 over everything that editing the table would replace: see `gptDigestInput` and `plainDigestInput`. */
export function tableDigest(ends: DiskEnds, gpt: GptDisk | null, hasher: Hasher): string {
  const hash = hasher.sha256()
  hash.update(gpt === null ? plainDigestInput(ends) : gptDigestInput(gpt))
  return hash.hex()
}
