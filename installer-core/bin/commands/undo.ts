import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addUndo(program: Command): void {
  addTargetOptions(program.command('undo'))
    .description('take everything away that Berth made, and give the space back')
    .option('--yes [fingerprint]', 'do not ask; with a fingerprint, only that very plan')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((options: TargetOptions & { yes?: string | true; json?: boolean }) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'undo', (run) =>
            withPc(options, 'write', async ({ installer }) => {
              const planned = await installer.planUndo()
              if (!planned.ok) return planned
              const fingerprint = await confirmPlan(console, planned.value, options.yes, run)
              return fingerprint.ok ? installer.undo(fingerprint.value, run) : fingerprint
            }),
          ),
        ),
      ),
    )
}
