import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { answer, expectDone, type LinuxGuest } from './linux-guest.ts'
import { itDoesTheWholeJob } from './whole-job.ts'

const own = new GuestCase()
afterAll(() => own.remove())

/** Anna has no rights, the release in her cache, and nobody else's program. */
const asAnna = `
mount -t tmpfs -o mode=0700,uid=$(id -u anna),gid=$(id -g anna) home /home/anna
release=$(grep -o '"id": *"[^"]*"' /run/payload/release/release.json | head -n 1 | cut -d '"' -f 4)
mkdir -p /home/anna/.cache/berth/releases
cp -r /run/payload/release "/home/anna/.cache/berth/releases/$release"
chown -R anna: /home/anna
chmod -R go= /home/anna/.cache
as="setpriv --reuid=anna --regid=anna --init-groups env -i HOME=/home/anna PATH=/usr/bin:/bin"`

/** What somebody would answer who is asked: polkit's own way to answer beforehand. */
const answerYes = `
cat >/etc/polkit-1/rules.d/50-test.rules <<'END'
polkit.addRule(function (action, subject) {
  if (action.id == 'org.freedesktop.policykit.exec' && subject.user == 'anna') return polkit.Result.YES
})
END`

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
    const look = `${asAnna}\n${answerYes}\nberth probe probe\nls -A /run/berth-helper\nfindmnt /run/berth-helper`
    const start = await guest.start(`${look}\npgrep -x berth\ntrue`)
    expectDone(start)
    expect(start.lines).toContain('berth_exit probe 0')
    expect(
      start.lines.slice(start.lines.findIndex((line) => line.startsWith('berth_json probe')) + 1),
    ).toEqual(['Berth: script ended with 0'])
  })
})
