import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addRecover(program: Command): void {
  addTargetOptions(program.command('recover'))
    .description('bring a run that was cut off to one of two ends: finished, or everything as it was before')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((options: TargetOptions & { json?: boolean }) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'recover', (run) =>
            withPc(options, 'write', ({ installer }) => installer.recover(run)),
          ),
        ),
      ),
    )
}
