import { appendFileSync, writeFileSync } from 'node:fs'
import { changeCounter, cutAfterFromEnvironment } from '../../adapters/disk-image/change-counter.ts'
import { linuxIn } from '../../adapters/linux/testing/fake-linux.ts'
import { networkManagerProfiles } from '../../adapters/linux/network-manager-profiles.ts'
import { openPracticePc } from '../../adapters/disk-image/open-practice-pc.ts'
import { ok } from '../../base/result.ts'
import { loadKeyRing } from '../../adapters/release-folder/key-ring.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import { callerOf, readClues } from '../caller.ts'
import { callerReleases } from '../caller-releases.ts'
import { HelperServer } from '../helper-server.ts'

/*
 * The helper as it is, on a practice PC: the one thing a request could never do. Arguments: the PC's folder, the caller's
 * home, and a file that grows by a byte with each change that the disk-image adapter makes. The key that signed the
 * releases is this user's development key, which the real helper does not know. Beside that file it leaves its number.
 */
const [folder = '', home = '', changes = ''] = process.argv.slice(2)
/** A folder that stands for the Linux whose networks are read; without it there are none, as on every practice PC. */
const linux = process.env['BERTH_TEST_LINUX']
const reader = new URL('./read-release-process.ts', import.meta.url).pathname
const cutAfter = cutAfterFromEnvironment()
writeFileSync(`${changes}.pid`, String(process.pid))
const caller = callerOf(readClues({}))
if (!caller.ok) throw new Error(JSON.stringify(caller.failure))
process.on('SIGINT', () => server.stop()).on('SIGTERM', () => void server.leave())
const server = new HelperServer(streamTransport(process.stdin, process.stdout, { patient: true }), {
  openPc: async ({ access }) => {
    const counter = changeCounter(cutAfter)
    const pc = await openPracticePc(folder, {
      access,
      counter: {
        get count() {
          return counter.count
        },
        changed: () => {
          appendFileSync(changes, '.')
          counter.changed()
        },
      },
    })
    if (!pc.ok || linux === undefined) return pc
    const networks = networkManagerProfiles(linuxIn(linux))
    return ok({ ...pc.value, platform: Object.assign(pc.value.platform, { networks }) })
  },
  releases: callerReleases({
    caller: caller.value,
    reader: { program: process.execPath, args: [...process.execArgv, reader, home] },
    ring: loadKeyRing(),
  }),
  version: '0.0.0-test',
  idleMs: Number(process.env['BERTH_HELPER_IDLE_MS'] ?? 30 * 60_000),
  onFault: (what, thrown) => void process.stderr.write(`Fault in ${what}: ${String(thrown)}\n`),
})
await server.ended
