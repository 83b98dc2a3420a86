import { joinBytes } from '../../base/join-bytes.ts'
import { sectorsAt } from './gpt-reach.ts'
import type { DiskEnds, GptDisk } from './gpt-types.ts'

/**
 * The bytes whose SHA-256 is the digest of a GPT disk's table, as it was parsed or as an edit gives it: the first sector,
 * the primary header and entry array, the backup header and entry array, in that order.
 */
export function gptDigestInput(gpt: GptDisk): Uint8Array {
  const { primary, backup } = gpt.copies
  return joinBytes([gpt.mbr, primary.header, primary.entries, backup.header, backup.entries])
}

/** The same of a disk without a readable GPT: its first two sectors and its last. */
export function plainDigestInput(ends: DiskEnds): Uint8Array {
  return joinBytes([sectorsAt(ends, 0, 2), sectorsAt(ends, ends.sectors - 1, 1)])
}
