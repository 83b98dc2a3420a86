import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { statusExitCode } from '../exit-codes.ts'
import { statusLines } from '../render/status.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addStatus(program: Command): void {
  addTargetOptions(program.command('status'))
    .description("say what is on a PC of Berth's and whether anything needs attention; changes nothing")
    .addHelpText(
      'after',
      '\nExit code: 0 all is well or nothing is installed, 3 something needs attention, 6 a run was interrupted.',
    )
    .option('--json', 'print the status as JSON (`berth schema status`)')
    .action((options: TargetOptions & { json?: boolean }) =>
      act(options, (console) =>
        withPc(options, 'read', async ({ installer }) => {
          const status = await installer.status()
          if (!status.ok) return status
          for (const line of statusLines(status.value)) console.line(line)
          console.data(status.value)
          return ok(statusExitCode(status.value))
        }),
      ),
    )
}
