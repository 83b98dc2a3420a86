import { ok, type Result } from '../base/result.ts'
import type { JournalRecord } from '../model/journal.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import { parseJournal, type ParsedJournal } from './journal.ts'

type Begun = Extract<JournalRecord, { record: 'begun' }>

/** What a journal tells about its run. */
export interface RunHistory {
  readonly run: string
  readonly journal: ParsedJournal
  readonly begun: Begun
  /** Undo records of the steps that may have changed something, by step. */
  readonly prepared: ReadonlyMap<number, unknown>
  readonly applied: ReadonlySet<number>
  readonly undone: ReadonlySet<number>
  /** Being taken back, and why; null: not. */
  readonly undoing: string | null
  /** How it ended; null: it is open. */
  readonly ended: string | null
}

/** What a parsed journal tells; null when not even its first record arrived: then nothing was changed either. */
export function readHistory(run: string, journal: ParsedJournal): RunHistory | null {
  const [begun] = journal.records
  if (begun?.record !== 'begun') return null
  const prepared = new Map<number, unknown>()
  const applied = new Set<number>()
  const undone = new Set<number>()
  let undoing: string | null = null
  let ended: string | null = null
  for (const record of journal.records) {
    if (record.record === 'prepared') prepared.set(record.step, record.undo)
    if (record.record === 'applied') applied.add(record.step)
    if (record.record === 'undone') undone.add(record.step)
    if (record.record === 'undoing') undoing = record.reason
    if (record.record === 'ended') ended = record.outcome
  }
  return { run, journal, begun, prepared, applied, undone, undoing, ended }
}

/**
 * The newest run; null when there is none. `journal-damaged` when its record is. Older ones have ended: none begins while
 * another is open.
 */
export async function latestRun(store: JournalStore): Promise<Result<RunHistory | null>> {
  const runs = await store.runs()
  if (!runs.ok) return runs
  for (const run of [...runs.value].reverse()) {
    const history = await historyOf(store, run)
    if (!history.ok || history.value !== null) return history
  }
  return ok(null)
}

/**
 * The same for an undo, which needs no record of the run that it takes back: a damaged one counts as none, so that it
 * cannot keep the system on the PC for ever.
 */
export async function latestReadableRun(store: JournalStore): Promise<Result<RunHistory | null>> {
  const latest = await latestRun(store)
  return !latest.ok && latest.failure.code === 'journal-damaged' ? ok(null) : latest
}

/** One run's history; null when not even its first record arrived. */
export async function historyOf(store: JournalStore, run: string): Promise<Result<RunHistory | null>> {
  const data = await store.read(run)
  if (!data.ok) return data
  const journal = parseJournal(data.value)
  return journal.ok ? ok(readHistory(run, journal.value)) : journal
}

/**
 * The ownership manifest as a journal has it: for an installation what its records say, for an undo what it is taking
 * away. Equal to the one on the boot volume, and there when that is lost.
 */
export function manifestOf(history: RunHistory): OwnershipManifest {
  const { begun, prepared } = history
  if (begun.manifest !== undefined) return begun.manifest
  const writing = begun.plan.steps.findIndex((step) => step.kind === 'write-files')
  const made = prepared.get(writing) as OwnershipManifest['made']
  const manifest = { schema: 'berth/manifest/1', plan: begun.plan, before: begun.before } as const
  return made === undefined ? manifest : { ...manifest, made }
}

/** The manifest of the installation that is there now, told by the journals alone; null when they know of none. */
export async function installedManifest(store: JournalStore): Promise<Result<OwnershipManifest | null>> {
  const runs = await store.runs()
  if (!runs.ok) return runs
  for (const run of [...runs.value].reverse()) {
    const history = await historyOf(store, run)
    if (!history.ok) return history
    if (history.value?.ended === 'undone') return ok(null)
    if (history.value?.ended === 'installed') return ok(manifestOf(history.value))
  }
  return ok(null)
}
