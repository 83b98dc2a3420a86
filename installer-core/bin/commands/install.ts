import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { addChoiceOptions } from '../choice-options.ts'
import { confirmPlan } from '../confirm-plan.ts'
import type { Planned } from '../../plan/plan-outcome.ts'
import type { Machine } from '../../model/machine.ts'
import { withPlan, type PlanOptions } from '../plan-command.ts'
import { recallPlan } from '../plan-memory.ts'
import { addReleaseOption } from '../release-option.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions } from '../session.ts'

export function addInstall(program: Command): void {
  addChoiceOptions(addReleaseOption(addTargetOptions(program.command('install'))))
    .description('install a release beside the present system, after showing the plan and asking')
    .option('--yes <fingerprint>', 'do not ask: run exactly the plan with this fingerprint, and no other')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((options: PlanOptions & { yes?: string }) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'install', (run) =>
            withPlan(options, 'write', async ({ session, choices, release, planned }) => {
              const fingerprint = await confirmPlan(console, planned, options.yes, run)
              return fingerprint.ok
                ? session.installer.install(
                    choices,
                    release,
                    { fingerprint: fingerprint.value, shown: shownFor(options.yes, planned) },
                    run,
                  )
                : fingerprint
            }),
          ),
        ),
      ),
    )
}

/** The machine that the confirmed plan was shown for: just now, or when `berth plan` printed the fingerprint. */
function shownFor(yes: string | undefined, planned: Planned): Machine | null {
  return yes === undefined ? planned.machine : recallPlan(yes)
}
