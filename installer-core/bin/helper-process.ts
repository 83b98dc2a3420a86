import { loadKeyRing } from '../adapters/release-folder/key-ring.ts'
import { selfCommand } from '../adapters/self-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { callerOf, readClues } from '../helper/caller.ts'
import { callerReleases } from '../helper/caller-releases.ts'
import { HelperServer } from '../helper/helper-server.ts'
import type { PcOpener } from '../helper/open-pc.ts'
import { streamTransport } from '../transport/stream-transport.ts'
import { exitCode, type ExitCode } from './exit-codes.ts'
import { openThisPc } from './open-this-pc.ts'
import { version } from './version.ts'

/** A caller that is silent for so long is taken for gone. */
const idleMs = 30 * 60_000

/** Serves the caller of this process on its standard streams. Only root has anything to give: `not-permitted` otherwise. */
export async function serveHelper(): Promise<Result<ExitCode>> {
  if (process.getuid?.() !== 0) return fail('not-permitted', { what: 'helper' })
  const caller = callerOf(readClues())
  if (!caller.ok) return caller
  process.chdir('/')
  process.umask(0o077)
  const { program, args } = selfCommand()
  const releases = callerReleases({
    caller: caller.value,
    reader: { program, args: [...args, 'read-release'] },
    ring: loadKeyRing(null),
  })
  return serve(openThisPc, releases)
}

/** The same on any PC; which one is never the caller's to say. */
async function serve(
  openPc: PcOpener,
  releases: ReturnType<typeof callerReleases>,
): Promise<Result<ExitCode>> {
  // A terminal's Ctrl-C reaches every process in front: it asks to stop, and the caller is told how that ended and may go
  // on. Whoever ends this process alone, or shuts the system down, wants it gone. Heard before the helper says it is ready.
  process.on('SIGINT', () => server.stop()).on('SIGTERM', () => void server.leave())
  const server = new HelperServer(streamTransport(process.stdin, process.stdout, { patient: true }), {
    openPc,
    releases,
    version,
    idleMs,
    onFault: (what, thrown) =>
      void process.stderr.write(
        `Fault in ${what}: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
      ),
  })
  await server.ended
  return ok(exitCode.done)
}
