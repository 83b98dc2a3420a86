import { Argument, type Command } from 'commander'
import { ok } from '../../base/result.ts'
import { buildMinimal } from '../../system/build-minimal.ts'
import { buildDesktop } from '../../system/desktop/build-desktop.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'

interface Options {
  readonly out: string
  readonly release: string
  readonly json?: boolean
}

const builders = { minimal: buildMinimal, desktop: buildDesktop }
type SystemName = keyof typeof builders

export function addSystem(program: Command): void {
  program
    .command('system')
    .description('build what Berth installs')
    .command('build')
    .description('build a release from Debian packages: the same input gives the same bytes')
    .addArgument(new Argument('<name>', 'which system').choices(Object.keys(builders)))
    .requiredOption('--out <folder>', 'where the release goes')
    .option('--release <number>', "the release's version number", '1.0.0')
    .option('--json', 'print the release as JSON')
    .action((name: SystemName, options: Options) =>
      act(options, async (console) => {
        const onProgress = (what: string) => console.note(`${what} …`)
        const built = await builders[name]({ out: options.out, version: options.release, onProgress })
        if (!built.ok) return built
        console.line(`${built.value.manifest.id} is in ${options.out}`)
        console.data(built.value.manifest)
        return ok(exitCode.done)
      }),
    )
}
