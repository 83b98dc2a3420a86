import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { addChoiceOptions } from '../choice-options.ts'
import { exitCode } from '../exit-codes.ts'
import { rememberPlan } from '../plan-memory.ts'
import { withPlan, type PlanOptions } from '../plan-command.ts'
import { addReleaseOption } from '../release-option.ts'
import { checkDocument, issueLines } from '../render/issues.ts'
import { planLines } from '../render/plan.ts'
import { addTargetOptions } from '../session.ts'

export function addPlan(program: Command): void {
  addChoiceOptions(addReleaseOption(addTargetOptions(program.command('plan'))))
    .description('show every change an installation would make, before and after; changes nothing')
    .option('--json', 'print the plan as JSON (`berth schema plan`)')
    .action((options: PlanOptions) =>
      act(options, (console) =>
        withPlan(options, 'read', async ({ planned }) => {
          const { plan, machine, issues } = planned
          if (plan === null) {
            for (const line of issueLines(issues)) console.line(line)
            console.data(checkDocument(issues))
            return ok(exitCode.refused)
          }
          rememberPlan(plan.fingerprint, machine)
          for (const line of planLines(plan, machine)) console.line(line)
          console.data(plan)
          return ok(exitCode.done)
        }),
      ),
    )
}
