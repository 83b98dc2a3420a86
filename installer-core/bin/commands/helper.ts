import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { readRelease } from '../../helper/read-release.ts'
import { act } from '../action.ts'
import type { ExitCode } from '../exit-codes.ts'
import { serveHelper } from '../helper-process.ts'

/** What Berth starts itself, with full rights or as the caller's user; for nobody to type. */
export function addHelper(program: Command): void {
  program
    .command('helper', { hidden: true })
    .description('work on this PC with full rights for the program that started this; ends with it')
    .action(() => act({}, serveHelper))
  program
    .command('read-release', { hidden: true })
    .description("write one file of a release in this user's cache to standard output")
    .argument('<release>', 'its id')
    .argument('<file>', 'the name of the file')
    .action((release: string, file: string) =>
      act({}, async () => ok((await readRelease(release, file, process.stdout)) as ExitCode)),
    )
}
