import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this user's development key lies: in `BERTH_KEYS`, else `~/.config/berth`. Never in a checkout. */
export function developmentKeyFile(): string {
  return join(process.env['BERTH_KEYS'] ?? join(homedir(), '.config', 'berth'), 'dev-key.pem')
}

/** The name under which the key ring knows it. */
export const developmentKeyName = "this computer's development key"
