import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { addChoiceOptions } from '../choice-options.ts'
import { exitCode } from '../exit-codes.ts'
import { isBlocked, withPlan, type PlanOptions } from '../plan-command.ts'
import { addReleaseOption } from '../release-option.ts'
import { checkDocument, issueLines } from '../render/issues.ts'
import { addTargetOptions } from '../session.ts'

export function addCheck(program: Command): void {
  addChoiceOptions(addReleaseOption(addTargetOptions(program.command('check'))))
    .description(
      'say whether a release can be installed on a PC, and what stands in the way; changes nothing',
    )
    .option('--json', 'print the findings as JSON')
    .action((options: PlanOptions) =>
      act(options, (console) =>
        withPlan(options, 'read', async ({ planned }) => {
          for (const line of issueLines(planned.issues)) console.line(line)
          const blocked = isBlocked(planned)
          console.line(
            blocked
              ? 'This PC is not ready: nothing can be installed until what is marked STOP is settled.'
              : 'This PC is ready.',
          )
          console.data(checkDocument(planned.issues))
          return ok(blocked ? exitCode.refused : exitCode.done)
        }),
      ),
    )
}
