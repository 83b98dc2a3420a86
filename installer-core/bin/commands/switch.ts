import { Argument, type Command } from 'commander'
import { fail, ok, type Result } from '../../base/result.ts'
import type { SwitchTarget } from '../../plan/make-switch-plan.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

interface Options extends TargetOptions {
  readonly cancel?: boolean
  readonly json?: boolean
}

export function addSwitch(program: Command): void {
  addTargetOptions(program.command('switch'))
    .description('choose the system for the next start only (BootNext); the default stays as it is')
    .addArgument(new Argument('[system]', 'which one').choices(['windows', 'berth']))
    .option('--cancel', 'take the choice back: the default starts next, as always')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((system: 'windows' | 'berth' | undefined, options: Options) =>
      act(options, async (console) => {
        const target = targetOf(system, options)
        if (!target.ok) return target
        return ok(
          await runWithReport(console, 'switch', (run) =>
            withPc(options, 'write', async ({ installer }) => {
              const planned = await installer.planSwitch(target.value)
              if (!planned.ok) return planned
              const { plan } = planned.value
              const fingerprint = await confirmPlan(console, planned.value, plan?.fingerprint, run)
              return fingerprint.ok ? installer.run(planned, fingerprint.value, run) : fingerprint
            }),
          ),
        )
      }),
    )
}

function targetOf(system: 'windows' | 'berth' | undefined, { cancel }: Options): Result<SwitchTarget> {
  const wanted = cancel === true ? 'none' : system
  if (wanted === undefined || (cancel === true && system !== undefined))
    return fail('usage', { what: 'berth switch', required: 'windows, berth or --cancel' })
  return ok(wanted)
}
