import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

interface Options extends TargetOptions {
  readonly default: string
  readonly yes?: string | true
  readonly json?: boolean
}

export function addConfirm(program: Command): void {
  addTargetOptions(program.command('confirm'))
    .description('keep the new system after its trial start: add it to the boot order')
    .option('--default <system>', 'which system starts by itself from now on: present or new', 'present')
    .option('--yes [fingerprint]', 'do not ask')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((options: Options) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'confirm', (run) =>
            withPc(options, 'write', async ({ installer }) => {
              const planned = await installer.planConfirm({
                defaultSystem: options.default === 'new' ? 'new' : 'present',
              })
              if (!planned.ok) return planned
              const fingerprint = await confirmPlan(console, planned.value, options.yes ?? true, run)
              return fingerprint.ok ? installer.run(planned, fingerprint.value, run) : fingerprint
            }),
          ),
        ),
      ),
    )
}
