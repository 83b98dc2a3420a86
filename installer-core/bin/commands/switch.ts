import { Argument, type Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addSwitch(program: Command): void {
  addTargetOptions(program.command('switch'))
    .description('choose the system for the next start only (BootNext); the default stays as it is')
    .addArgument(new Argument('<system>', 'which one').choices(['windows', 'berth']))
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((system: 'windows' | 'berth', options: TargetOptions & { json?: boolean }) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'switch', (run) =>
            withPc(options, 'write', async ({ installer }) => {
              const planned = await installer.planSwitch(system)
              if (!planned.ok) return planned
              const fingerprint = await confirmPlan(
                console,
                planned.value,
                planned.value.plan?.fingerprint,
                run,
              )
              return fingerprint.ok ? installer.run(planned, fingerprint.value, run) : fingerprint
            }),
          ),
        ),
      ),
    )
}
