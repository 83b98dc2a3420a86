import type { Failure } from '../../base/failure.ts'
import { malformed, ok, type Result } from '../../base/result.ts'
import type { Work } from '../byte-view.ts'
import { mbrKind } from '../mbr/mbr-kind.ts'
import { checkPartitions } from './check-partitions.ts'
import { examineCopy, type ExaminedCopy } from './examine-copy.ts'
import { hasGptSignature, headerField } from './gpt-header.ts'
import { sectorsAt } from './gpt-reach.ts'
import type { DiskEnds, GptDisk } from './gpt-types.ts'

/**
 * Reads a GUID partition table (UEFI 2.10, 5.3) from the two ends of a disk. Each copy is examined by itself; a damaged
 * primary is answered from the backup and said so in `problems`. Fails with `malformed` when neither copy is valid.
 * Offsets in failures are bytes from the start of the disk. Costs at most 2,048 entries and six times their bytes.
 */
export function parseGpt(ends: DiskEnds, work: Work = { bytes: 0, entries: 0 }): Result<GptDisk> {
  const mbr = sectorsAt(ends, 0, 1)
  if (ends.sectors < 3 || mbr.length === 0)
    return malformed('gpt', 'disk', 0, 'at least three sectors', ends.sectors)
  const primary = examineCopy(ends, 'primary', 1, work)
  const backup = examineCopy(ends, 'backup', backupLba(ends, primary), work)
  const used = primary.content === null ? backup : primary
  if (used.content === null) return { ok: false, failure: primary.failure ?? noTable }
  const { header, partitions } = used.content
  const { guid, firstUsable, lastUsable, slots, entrySize } = header
  const layout = { guid, firstUsable, lastUsable, slots, entrySize }
  const differences = compareCopies(ends, primary, backup)
  const failures = [
    ...[primary.failure, backup.failure].filter((failure) => failure !== null),
    ...differences,
    ...checkPartitions(layout, partitions, used.copy.entriesLba * ends.sectorSize),
  ]
  return ok({
    ...layout,
    sectorSize: ends.sectorSize,
    sectors: ends.sectors,
    protectiveMbr: protectiveKind(mbr),
    primary: primary.content === null ? 'damaged' : 'valid',
    backup: backupState(ends, backup),
    agree: primary.content !== null && backup.content !== null && differences.length === 0,
    used: used.copy.role,
    problems: failures.map((failure) => String(failure.facts['field'])),
    failures,
    partitions,
    mbr,
    copies: { primary: primary.copy, backup: backup.copy },
  })
}

/** True when a disk bears any trace of a GPT: a header's signature at either end, or an MBR entry of type EE. */
export function hasGptTrace(ends: DiskEnds): boolean {
  return (
    hasGptSignature(sectorsAt(ends, 1, 1)) ||
    hasGptSignature(sectorsAt(ends, ends.sectors - 1, 1)) ||
    ['protective', 'hybrid'].includes(mbrKind(sectorsAt(ends, 0, 1)))
  )
}

const noTable: Failure = malformed('gpt', 'disk', 0, 'a partition table', 'none').failure

/** The last sector, unless it holds no header and the primary names another place. */
function backupLba(ends: DiskEnds, primary: ExaminedCopy): number {
  const last = ends.sectors - 1
  const named = primary.content?.header.alternateLba ?? last
  return named === last || hasGptSignature(sectorsAt(ends, last, 1)) ? last : named
}

function backupState(ends: DiskEnds, backup: ExaminedCopy): GptDisk['backup'] {
  if (backup.copy.headerLba !== ends.sectors - 1) return 'misplaced'
  return backup.content === null ? 'damaged' : 'valid'
}

function protectiveKind(mbr: Uint8Array): GptDisk['protectiveMbr'] {
  const kind = mbrKind(mbr)
  return kind === 'protective' || kind === 'hybrid' ? kind : 'missing'
}

function compareCopies(ends: DiskEnds, primary: ExaminedCopy, backup: ExaminedCopy): Failure[] {
  const last = ends.sectors - 1
  const differs = (field: string, at: number, required: string | number, found: string | number) =>
    required === found ? [] : [malformed('gpt', field, at, required, found).failure]
  const inPrimary = ends.sectorSize
  const inBackup = backup.copy.headerLba * ends.sectorSize
  const one = primary.content?.header
  const two = backup.content?.header
  const alternate = headerField.alternateLba
  const pointers = [
    ...(one ? differs('primary.header.alternateLba', inPrimary + alternate, last, one.alternateLba) : []),
    ...(two ? differs('backup.header.alternateLba', inBackup + alternate, 1, two.alternateLba) : []),
  ]
  if (!one || !two) return pointers
  const names = ['guid', 'firstUsable', 'lastUsable', 'slots', 'entrySize', 'entriesCrc32'] as const
  return [
    ...pointers,
    ...names.flatMap((name) => differs(`copies.${name}`, inBackup + headerField[name], one[name], two[name])),
  ]
}
