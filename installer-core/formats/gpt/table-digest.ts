import { joinBytes } from '../../base/join-bytes.ts'
import type { Work } from '../byte-view.ts'
import { sectorsAt } from './gpt-reach.ts'
import type { DiskEnds, GptDisk } from './gpt-types.ts'
import { parseGpt } from './parse-gpt.ts'

/**
 * The bytes whose SHA-256 is a disk's table digest: the first sector, the primary header and entry array, the backup
 * header and entry array, in that order. Of a disk without a readable GPT: its first two sectors and its last.
 */
export function tableDigestInput(ends: DiskEnds, work?: Work): Uint8Array {
  const gpt = parseGpt(ends, work)
  if (gpt.ok) return gptDigestInput(gpt.value)
  return joinBytes([sectorsAt(ends, 0, 2), sectorsAt(ends, ends.sectors - 1, 1)])
}

/** The same for a table that was parsed, or that an edit gave: then of the disk as it will be. */
export function gptDigestInput(gpt: GptDisk): Uint8Array {
  const { primary, backup } = gpt.copies
  return joinBytes([gpt.mbr, primary.header, primary.entries, backup.header, backup.entries])
}
