import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../base/result.ts'
import { parseJournal } from '../execute/journal.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import type { Choices } from '../model/choices.ts'
import type { JournalRecord } from '../model/journal.ts'
import type { SecondOpinions } from '../model/second-opinion.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import { bundleReport, type ReportFile } from '../report/bundle.ts'

/** The files of a report: nothing personal is in them. */
export async function reportFiles(
  { machine, plan, issues }: Planned,
  choices: Choices,
  journal: JournalStore | null,
  version: string,
  others: SecondOpinions | null,
): Promise<Result<readonly ReportFile[]>> {
  const journals = journal === null ? ok({}) : await readJournals(journal)
  if (!journals.ok) return journals
  const versions = {
    berth: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
  return ok(bundleReport({ machine, choices, issues, plan, journals: journals.value, versions, others }))
}

/** Writes a report into a new folder below `reports`; its path. */
export function saveReport(reports: string, name: string, files: readonly ReportFile[]): Result<string> {
  const folder = join(reports, `${name}-${new Date().toISOString().replace(/[:.]/g, '-')}`)
  const written = writeReport(folder, files)
  return written.ok ? ok(folder) : written
}

/** Writes a report into a new or empty folder. */
export function writeReport(folder: string, files: readonly ReportFile[]): Result<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return fail('already-exists', { what: folder, where: 'the disk' })
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, text } of files) writeFileSync(join(folder, name), text)
    return ok(undefined)
  } catch (thrown) {
    return fail('io-failed', { what: folder, where: thrown instanceof Error ? thrown.message : '' })
  }
}

/** As much of each text as fits: the limit is shared by all of them, in characters. */
export function preview(files: readonly ReportFile[], limit: number) {
  let left = limit
  return files.map(({ name, text }) => {
    const shown = text.slice(0, left)
    left -= shown.length
    return { name, size: Buffer.byteLength(text), text: shown, cut: shown.length < text.length }
  })
}

async function readJournals(
  journal: JournalStore,
): Promise<Result<Record<string, readonly JournalRecord[]>>> {
  const runs = await journal.runs()
  if (!runs.ok) return runs
  const journals: Record<string, readonly JournalRecord[]> = {}
  for (const run of runs.value) {
    const data = await journal.read(run)
    if (!data.ok) return data
    const parsed = parseJournal(data.value)
    // A damaged journal is what a report is for: the others still go in, and its absence is told by its name.
    journals[run] = parsed.ok ? parsed.value.records : []
  }
  return ok(journals)
}
