import { vendor } from '../base/well-known.ts'
import type { BerthState, BootEntry, BootVolume } from '../model/machine.ts'
import { stepOf, type OwnershipManifest } from '../model/manifest.ts'
import type { StepOf } from '../model/plan.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { bootFileKey } from './boot-entries.ts'
import { chooseManifest, findManifests, ownVolume } from './read-manifest.ts'
import { readAscii, type VariableTable } from './variable-table.ts'

/** What Berth's state is told from. */
export interface BerthTraces {
  readonly bootVolumes: readonly BootVolume[]
  readonly variables: VariableTable
  readonly bootEntries: readonly BootEntry[]
  readonly bootOrder: readonly number[] | null
}

interface Mark {
  readonly release: ReleaseId
  readonly nonce: string
}

/**
 * What Berth has on this PC. `trial`: put in place, not confirmed; `installed`: confirmed, so that its entry is in
 * BootOrder; `damaged`: something of it is not as the manifest says, named in `problems` (`manifest-unreadable`,
 * `manifest-moved`, `manifest-twice`, `file-missing`, `file-changed`, `entry-missing`, `entry-changed`, `order-reverted`).
 */
export function readBerthState(traces: BerthTraces): BerthState {
  const found = findManifests(traces.bootVolumes)
  const chosen = chooseManifest(found)
  if (chosen === null) return { state: 'absent' }
  const { volume, manifest } = chosen
  if (manifest === null) return unreadableManifest(traces, volume)
  const nonce = stepOf(manifest, 'arm-trial')?.nonce ?? ''
  const entry = ownEntry(manifest, traces.bootEntries)
  const armed = readMark(traces.variables, 'BerthArmed')?.nonce === nonce
  const started = readMark(traces.variables, 'BerthTrial')?.nonce === nonce
  const listed = entry !== null && (traces.bootOrder ?? []).includes(entry.number)
  const reverted = started && !armed && entry !== null && !listed
  const problems = [
    ...(ownVolume(manifest) === volume.partition ? [] : ['manifest-moved']),
    ...(found.length > 1 ? ['manifest-twice'] : []),
    ...fileProblems(manifest, volume),
    ...entryProblems(manifest, entry),
    ...(reverted ? ['order-reverted'] : []),
  ]
  return {
    state: problems.length > 0 ? 'damaged' : listed && !armed ? 'installed' : 'trial',
    release: manifest.plan.release,
    partition: volume.partition,
    entry: entry?.number ?? null,
    nonce,
    started,
    armed,
    problems,
  }
}

function unreadableManifest({ variables }: BerthTraces, { partition }: BootVolume): BerthState {
  const mark = readMark(variables, 'BerthTrial') ?? readMark(variables, 'BerthArmed')
  return {
    state: 'damaged',
    release: mark?.release ?? ('unknown' as ReleaseId),
    partition,
    entry: null,
    nonce: mark?.nonce ?? '',
    started: readMark(variables, 'BerthTrial') !== null,
    armed: readMark(variables, 'BerthArmed') !== null,
    problems: ['manifest-unreadable'],
  }
}

/** `<release id> <32 hex digits>` in ASCII; null when absent or anything else. */
function readMark(variables: VariableTable, name: string): Mark | null {
  const match = /^([a-z0-9][a-z0-9._-]{0,63}) ([0-9a-f]{32})$/.exec(
    readAscii(variables, vendor.berth, name) ?? '',
  )
  return match === null ? null : { release: match[1] as ReleaseId, nonce: match[2] ?? '' }
}

/** The entry that was made: under its number, or under another one that firmware moved it to with the same content. */
function ownEntry(manifest: OwnershipManifest, entries: readonly BootEntry[]): BootEntry | null {
  const made = stepOf(manifest, 'create-boot-entry')
  if (made === null) return null
  const sameContent = entries.filter((entry) => entry.data === made.data || startsSameFile(entry, made))
  return sameContent.find(({ number }) => number === made.entry) ?? sameContent[0] ?? null
}

function startsSameFile(entry: BootEntry, made: StepOf<'create-boot-entry'>): boolean {
  const samePlace = entry.partition === made.partition
  return samePlace && entry.path !== null && bootFileKey(entry.path) === bootFileKey(made.path)
}

function entryProblems(manifest: OwnershipManifest, entry: BootEntry | null): readonly string[] {
  const made = stepOf(manifest, 'create-boot-entry')
  if (made === null) return []
  if (entry === null) return ['entry-missing']
  return entry.data === made.data ? [] : ['entry-changed']
}

function fileProblems(manifest: OwnershipManifest, volume: BootVolume): readonly string[] {
  const there = new Map(volume.files.map((file) => [bootFileKey(file.path), file]))
  const written = stepOf(manifest, 'write-files')?.files ?? []
  const states = written.map((file) => {
    const found = there.get(bootFileKey(file.path))
    if (found === undefined) return volume.incomplete ? null : 'file-missing'
    const same = found.size === file.size && (found.sha256 === null || found.sha256 === file.sha256)
    return same ? null : 'file-changed'
  })
  return ['file-missing', 'file-changed'].filter((problem) => states.includes(problem as 'file-missing'))
}
