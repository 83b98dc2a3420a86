import { selfCommand } from '../adapters/self-command.ts'
import { fail, type Result } from '../base/result.ts'
import type { HelperClient } from '../helper/helper-client.ts'
import { startHelper } from '../helper/start/start-helper.ts'

/** How long a person may take to find the window and type a password. */
const limitMs = 5 * 60_000

/** Starts this program's helper, by the way that fits who runs it and what is there. `this-pc-later` but on Linux. */
export function startOwnHelper(): Promise<Result<HelperClient>> {
  if (process.platform !== 'linux') return Promise.resolve(fail('this-pc-later'))
  return startHelper({
    self: selfCommand(),
    uid: process.getuid?.() ?? 0,
    asking: {
      terminal: process.stdin.isTTY === true,
      askpass: (process.env['SUDO_ASKPASS'] ?? '') !== '',
    },
    limitMs,
  })
}
