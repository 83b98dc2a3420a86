import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Berth keeps what it fetched or made and can fetch or make again: `BERTH_CACHE`, else `~/.cache/berth`. */
export function cacheFolder(): string {
  return process.env['BERTH_CACHE'] ?? join(homedir(), '.cache', 'berth')
}
