import { CommanderError } from 'commander'
import { sayFailure } from './action.ts'
import { Console } from './console.ts'
import { exitCode } from './exit-codes.ts'
import { buildProgram } from './program.ts'

/** The command line. Ends with the exit code of its command; a bug ends with 1 and says where to look. */
async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync(process.argv)
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    process.exitCode = thrown.exitCode === 0 ? exitCode.done : exitCode.usage
    // The words are on standard error by now; a script also gets the document it waits for.
    const json = process.argv.includes('--json') && thrown.exitCode !== 0
    if (json) sayFailure(new Console({ json }), { code: 'usage', facts: { what: thrown.message } })
  }
}

main().catch((thrown: unknown) => {
  process.stderr.write(
    `Berth has a fault of its own and stopped; nothing more was changed. \`berth status\` tells how things are.\n\n${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
  )
  process.exitCode = exitCode.failed
})
