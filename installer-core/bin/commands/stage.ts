import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { runStage } from '../../stage/run-stage.ts'
import { sentence } from '../../text/sentence.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'

/** What the offline stage's own start of the PC runs; for nobody to type. */
export function addStage(program: Command): void {
  program
    .command('stage', { hidden: true })
    .description('the work of the offline stage, in its own start of this PC')
    .action(() =>
      act({}, async (console) => {
        const ran = await runStage((word) => console.line(`Berth: ${sentence(word)}`))
        if (ran.ok) return ok(exitCode.done)
        // There is no report: whoever stands before the PC needs the tool's own words.
        console.note((ran.failure.command?.output ?? '').trim())
        return ran
      }),
    )
}
