import { Command } from 'commander'
import { addCatalogue } from './commands/catalogue.ts'
import { addCheck } from './commands/check.ts'
import { addCompletion } from './commands/completion.ts'
import { addConfirm } from './commands/confirm.ts'
import { addDemo } from './commands/demo.ts'
import { addEngine } from './commands/engine.ts'
import { addHelper } from './commands/helper.ts'
import { addInstall } from './commands/install.ts'
import { addMakeRoom } from './commands/make-room.ts'
import { addNetworks } from './commands/networks.ts'
import { addPlan } from './commands/plan.ts'
import { addPractice } from './commands/practice.ts'
import { addProbe } from './commands/probe.ts'
import { addRecover } from './commands/recover.ts'
import { addRepair } from './commands/repair.ts'
import { addReport } from './commands/report.ts'
import { addSchema } from './commands/schema.ts'
import { addServe } from './commands/serve.ts'
import { addStage } from './commands/stage.ts'
import { addStatus } from './commands/status.ts'
import { addSwitch } from './commands/switch.ts'
import { addSystem } from './commands/system.ts'
import { addThisPc } from './commands/this-pc.ts'
import { addUndo } from './commands/undo.ts'
import { exitCodeWords } from './exit-codes.ts'
import { wrap } from './render/wrap.ts'
import { version } from './version.ts'

const exitCodes = exitCodeWords.map(([code, words]) => `${code} ${words}`).join(', ')

const footer = `
${wrap(`Exit codes: ${exitCodes}`, 100).join('\n            ')}

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
    .addHelpText('after', footer)
    .exitOverride()
  for (const add of [
    addProbe,
    addNetworks,
    addCheck,
    addPlan,
    addInstall,
    addStatus,
    addConfirm,
    addSwitch,
    addRepair,
    addUndo,
    addRecover,
    addMakeRoom,
    addReport,
    addPractice,
    addSystem,
    addCatalogue,
    addDemo,
    addThisPc,
    addServe,
    addEngine,
    addHelper,
    addStage,
    addSchema,
    addCompletion,
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
