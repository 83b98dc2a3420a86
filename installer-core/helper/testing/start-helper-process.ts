import { startHelper } from '../start/start-helper.ts'
import type { Elevator } from '../start/routes.ts'

/*
 * Starts a helper as whoever runs this, and says in one line of JSON what came of it. Arguments: the program that is
 * carried along, how long somebody may take to answer (milliseconds), the ways to try, an installed helper if any.
 */
const [program = '', limit = '', ways = '', installed = '/nowhere'] = process.argv.slice(2)
const started = await startHelper({
  self: { program, args: [] },
  uid: process.getuid?.() ?? 0,
  asking: { terminal: false, askpass: false },
  limitMs: Number(limit),
  installed,
  elevators: ways.split(',') as Elevator[],
})
process.stdout.write(`${JSON.stringify(started.ok ? { ok: true } : started)}\n`)
if (started.ok) {
  started.value.close()
  await started.value.closed
}
