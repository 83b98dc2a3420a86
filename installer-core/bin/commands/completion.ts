import { Argument, type Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'
import { commandTree } from '../words/command-tree.ts'
import { completionScript, shells, type Shell } from '../words/completion.ts'

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .description('print what a shell needs to complete berth; for bash: source <(berth completion bash)')
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .action((shell: Shell) =>
      act({}, async (console) => {
        console.line(completionScript(shell, commandTree(program)).trimEnd())
        return ok(exitCode.done)
      }),
    )
}
