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

/** The releases of the user this process runs as, whatever the environment says: the home is the one in the user database. */
export function callersReleasesFolder(): string {
  return join(userInfo().homedir, '.cache', 'berth', 'releases')
}
