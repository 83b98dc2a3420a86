import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { fail, ok, type Result } from '../../base/result.ts'
import type { Choices } from '../../model/choices.ts'
import type { JournalRecord } from '../../model/journal.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import { parseJournal } from '../../execute/journal.ts'
import { bundleReport, type ReportFile } from '../../report/bundle.ts'
import { act } from '../action.ts'
import { addChoiceOptions, readChoices, type ChoiceOptions } from '../choice-options.ts'
import { exitCode } from '../exit-codes.ts'
import { openRelease } from '../release-option.ts'
import { addTargetOptions, withPc, type Session, type TargetOptions } from '../session.ts'
import { version } from '../version.ts'

type Options = TargetOptions & ChoiceOptions & { readonly release?: string; readonly json?: boolean }

export function addReport(program: Command): void {
  addChoiceOptions(addTargetOptions(program.command('report')))
    .description(
      'write a folder that lets somebody else understand and repeat the case; nothing personal is in it',
    )
    .argument('<folder>', 'a new or empty folder')
    .option('--release <folder or id>', 'also say what installing this release would do')
    .option('--json', 'print what was written as JSON')
    .action((folder: string, options: Options) =>
      act(options, (console) =>
        withPc(options, 'read', async (session) => {
          const files = await collect(session, options)
          if (!files.ok) return files
          const written = writeFiles(folder, files.value)
          if (!written.ok) return written
          for (const { name } of files.value) console.line(join(folder, name))
          console.data({
            schema: 'berth/report-folder/1',
            folder,
            files: files.value.map((file) => file.name),
          })
          return ok(exitCode.done)
        }),
      ),
    )
}

async function collect(
  { installer, journal }: Session,
  options: Options,
): Promise<Result<readonly ReportFile[]>> {
  const choices = readChoices(options)
  if (!choices.ok) return choices
  const journals = journal === null ? ok({}) : await readJournals(journal)
  if (!journals.ok) return journals
  const planned = await planFor(installer, options.release, choices.value)
  if (!planned.ok) return planned
  const { machine, plan, issues } = planned.value
  const versions = {
    berth: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
  return ok(
    bundleReport({ machine, choices: choices.value, issues, plan, journals: journals.value, versions }),
  )
}

async function planFor(installer: Session['installer'], releaseName: string | undefined, choices: Choices) {
  if (releaseName === undefined) {
    const machine = await installer.machine()
    return machine.ok ? ok({ machine: machine.value, plan: null, issues: [] }) : machine
  }
  const release = await openRelease(releaseName)
  return release.ok ? installer.plan(choices, release.value) : release
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

function writeFiles(folder: string, files: readonly ReportFile[]): Result<void> {
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
