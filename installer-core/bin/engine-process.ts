import { catalogueFolderPath } from '../adapters/catalogue/catalogue-folder.ts'
import { dataFolder, releasesFolder } from '../adapters/data-folder.ts'
import { selfCommand } from '../adapters/self-command.ts'
import { Engine } from '../engine/engine.ts'
import { startOwnHelper } from './start-helper.ts'
import { version } from './version.ts'

/** The engine of this process, with its usual folders. */
export function processEngine(): Engine {
  return new Engine({
    dataFolder: dataFolder(),
    releasesFolder: releasesFolder(),
    catalogueFolder: catalogueFolderPath(),
    version,
    self: selfCommand(),
    ...(process.platform === 'linux' ? { startHelper: startOwnHelper } : {}),
    onFault: (what, thrown) =>
      void process.stderr.write(
        `Fault in ${what}: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
      ),
  })
}
