import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { answerYes, asAnna } from './guest-user.ts'
import { answer, expectDone, type LinuxGuest } from './linux-guest.ts'
import { itDoesTheWholeJob } from './whole-job.ts'

const own = new GuestCase()
afterAll(() => own.remove())

/** What of Berth is there: processes, whatever they are called, and the place where a carried program runs. */
const leftovers = `
left() {
  for process in /proc/[0-9]*; do
    case $(readlink "$process/exe") in */berth*) echo "left: $process" ;; esac
  done
  [ -z "$(ls -A /run/berth-helper 2>/dev/null)" ] || echo "left: files"
  ! findmnt -n /run/berth-helper >/dev/null || echo "left: a mount"
}`

let guest: LinuxGuest
let before: PcSnapshot

beforeAll(async () => {
  guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes: 100 * MiB, diskBytes: 8 * GiB })
})

describe('a user without rights on a Debian', () => {
  it('gets nowhere where nobody can be asked, and is told so', async () => {
    const start = await guest.start(`${asAnna}\nberth refused probe`)
    expectDone(start)
    expect(start.lines).toContain('berth_exit refused 4')
    expect(answer(start, 'refused')['code'], start.lines.join('\n')).toBe('elevation-no-agent')
    before = await guest.snapshot()
  })

  itDoesTheWholeJob({ guest: () => guest, before: () => before, prepare: `${asAnna}\n${answerYes}` })

  it('installs what only a catalogue offers, and takes it away again', async () => {
    const offered = `
mkdir -p /home/anna/published/releases
mv "/home/anna/.cache/berth/releases/$release" /home/anna/published/releases/
chown -R anna: /home/anna
berth make catalogue make /home/anna/published
berth fetch catalogue fetch --from /home/anna/published
install
berth undo undo --yes`
    const start = await guest.start(`${asAnna}\n${answerYes}\n${offered}`)
    expectDone(start)
    const said = start.lines.join('\n')
    expect(start.lines, said).toContain('berth_exit fetch 0')
    expect(answer(start, 'install')['outcome'], said).toBe('installed')
    expect(answer(start, 'undo')['outcome'], said).toBe('undone')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })

  it('leaves nothing of the helper behind', async () => {
    // That a helper would be seen is seen first.
    const start = await guest.start(`${asAnna}\n${answerYes}\n${leftovers}
sleep infinity | /run/payload/berth helper >/dev/null &
until left | grep -q /proc/; do sleep 1; done
kill $!
berth probe probe
# It ends after its caller, when that is gone.
for second in $(seq 120); do [ -n "$(left)" ] || break; sleep 1; done
left; echo "looked"`)
    expectDone(start)
    expect(start.lines).toContain('berth_exit probe 0')
    const lines = start.lines.filter((line) => line.startsWith('left: ') || line === 'looked')
    expect(lines).toEqual(['looked'])
  })
})
