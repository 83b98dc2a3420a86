import { startCommand, type RunningCommand } from '../../adapters/run-command.ts'
import { ok } from '../../base/result.ts'
import { HelperClient } from '../../helper/helper-client.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import type { HelperStarter } from '../helper-seat.ts'

/** Starts the helper of a practice PC instead of this PC's: nobody is asked, everything else is as it is. */
export function practiceHelperStarter(
  [program = '', ...args]: readonly string[],
  onStarted: (running: RunningCommand) => void = () => undefined,
): HelperStarter {
  return async () => {
    const started = startCommand({ program, args })
    if (!started.ok) return started
    started.value.stderr.resume()
    onStarted(started.value)
    const client = new HelperClient(streamTransport(started.value.stdout, started.value.stdin))
    const ready = await client.ready
    return ready.ok ? ok(client) : ready
  }
}
