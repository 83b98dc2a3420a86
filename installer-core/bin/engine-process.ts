import { isSea } from 'node:sea'
import { catalogueFolderPath } from '../adapters/catalogue/catalogue-folder.ts'
import { dataFolder, releasesFolder } from '../adapters/data-folder.ts'
import type { SelfCommand } from '../engine/engine-options.ts'
import { Engine } from '../engine/engine.ts'
import { version } from './version.ts'

/** The engine of this process, with its usual folders. */
export function processEngine(): Engine {
  return new Engine({
    dataFolder: dataFolder(),
    releasesFolder: releasesFolder(),
    catalogueFolder: catalogueFolderPath(),
    version,
    self: selfCommand(),
    onFault: (what, thrown) =>
      void process.stderr.write(
        `Fault in ${what}: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
      ),
  })
}

/** How this program is started again: the single executable by itself, everything else by Node and its script. */
function selfCommand(): SelfCommand {
  const [, script] = process.argv
  const args = isSea() || script === undefined ? [] : [...process.execArgv, script]
  return { program: process.execPath, args }
}
