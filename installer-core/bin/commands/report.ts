import { join } from 'node:path'
import type { Command } from 'commander'
import { selfCommand } from '../../adapters/self-command.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Choices } from '../../model/choices.ts'
import { reportFiles, writeReport } from '../../engine/reports.ts'
import { askersFor, secondOpinions } from '../../engine/second-opinions.ts'
import type { Planned } from '../../plan/plan-outcome.ts'
import type { ReportFile } from '../../report/bundle.ts'
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
          const written = writeReport(folder, files.value)
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
  const planned = await planFor(installer, options.release, choices.value)
  if (!planned.ok) return planned
  const isThisPc = options.pc === undefined && options.machine === undefined
  const others = isThisPc ? await secondOpinions(planned.value.machine, askersFor(selfCommand())) : null
  return reportFiles(planned.value, choices.value, journal, version, others)
}

async function planFor(
  installer: Session['installer'],
  releaseName: string | undefined,
  choices: Choices,
): Promise<Result<Planned>> {
  if (releaseName === undefined) {
    const machine = await installer.machine()
    return machine.ok ? ok({ machine: machine.value, plan: null, issues: [] }) : machine
  }
  const release = await openRelease(releaseName)
  return release.ok ? installer.plan(choices, release.value) : release
}
