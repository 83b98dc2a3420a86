import { Command } from 'commander'
import { addCheck } from './commands/check.ts'
import { addConfirm } from './commands/confirm.ts'
import { addDemo } from './commands/demo.ts'
import { addEngine } from './commands/engine.ts'
import { addInstall } from './commands/install.ts'
import { addPlan } from './commands/plan.ts'
import { addPractice } from './commands/practice.ts'
import { addProbe } from './commands/probe.ts'
import { addRecover } from './commands/recover.ts'
import { addReport } from './commands/report.ts'
import { addSchema } from './commands/schema.ts'
import { addServe } from './commands/serve.ts'
import { addStatus } from './commands/status.ts'
import { addSwitch } from './commands/switch.ts'
import { addSystem } from './commands/system.ts'
import { addThisPc } from './commands/this-pc.ts'
import { addUndo } from './commands/undo.ts'
import { version } from './version.ts'

const exitCodes = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by a check, 4 not permitted, 5 a tool or package is missing,
            6 interrupted (\`berth recover\` goes on from there)

Try it:     berth system build minimal --out system
            berth practice new my-pc --like windows
            berth plan --pc my-pc --release system
            berth install --pc my-pc --release system
            berth practice boot my-pc`

/** The whole command line: one file a command. */
export function buildProgram(): Command {
  const program = new Command('berth')
    .description(
      'Puts a Linux system next to the operating system a PC already has. Every change is shown first, and undone on request.',
    )
    .version(version)
    .showHelpAfterError('(berth --help shows what there is)')
    .addHelpText('after', exitCodes)
    .exitOverride()
  for (const add of [
    addProbe,
    addCheck,
    addPlan,
    addInstall,
    addStatus,
    addConfirm,
    addSwitch,
    addUndo,
    addRecover,
    addReport,
    addPractice,
    addSystem,
    addDemo,
    addThisPc,
    addServe,
    addEngine,
    addSchema,
  ]) {
    add(program)
  }
  for (const command of program.commands) hintAtHelp(command, `berth ${command.name()}`)
  return program
}

/** A wrong call is answered with the help of the very command that was meant. */
function hintAtHelp(command: Command, name: string): void {
  command.showHelpAfterError(`(${name} --help shows what is possible)`)
  for (const sub of command.commands) hintAtHelp(sub, `${name} ${sub.name()}`)
}
