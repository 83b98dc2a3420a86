import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * Where Berth keeps what people made with it (practice PCs, reports, records of runs, settings): `BERTH_DATA`, else
 * `~/.local/share/berth` (XDG Base Directory Specification), on Windows `%LOCALAPPDATA%\Berth`.
 */
export function dataFolder(): string {
  const own = process.env['BERTH_DATA']
  if (own !== undefined && own !== '') return own
  const local = process.env['LOCALAPPDATA']
  if (process.platform === 'win32' && local !== undefined) return join(local, 'Berth')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'berth')
}

/** Where releases lie, each in a folder named by its id: `BERTH_RELEASES`, else `~/.cache/berth/releases`. */
export function releasesFolder(): string {
  return process.env['BERTH_RELEASES'] ?? join(homedir(), '.cache/berth/releases')
}

/** Where the user that this process runs as keeps releases, catalogues, and the keys of catalogues of their own. */
export interface CallersFolders {
  readonly releases: string
  readonly catalogue: string
  readonly catalogueKeys: string
}

/** The folders of that user, whatever the environment says: the home is the one in the user database. */
export function callersFolders(home = userInfo().homedir): CallersFolders {
  const cache = join(home, '.cache', 'berth')
  return {
    releases: join(cache, 'releases'),
    catalogue: join(cache, 'catalogue'),
    catalogueKeys: join(home, '.config', 'berth', 'catalogue'),
  }
}
