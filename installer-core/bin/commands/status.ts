import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { sentence } from '../../text/sentence.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

export function addStatus(program: Command): void {
  addTargetOptions(program.command('status'))
    .description("say what is on a PC of Berth's and whether anything needs attention; changes nothing")
    .option('--json', 'print the status as JSON')
    .action((options: TargetOptions & { json?: boolean }) =>
      act(options, (console) =>
        withPc(options, 'read', async ({ installer }) => {
          const status = await installer.status()
          if (!status.ok) return status
          const { state, release, entry, open, problems } = status.value
          console.line(sentence(`status.${state}`, { release, entry, goal: open?.goal ?? null }))
          for (const problem of problems) console.line(`  - ${problem}`)
          console.data(status.value)
          return ok(exitCode.done)
        }),
      ),
    )
}
