import { afterAll, describe, it } from 'vitest'
import { DesktopCase, sitAt, sitsInSession, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { comesTrue, hands, uses } from './guest-files.ts'
import { expectWindowsClock } from './windows-clock.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

describe("Berth's own windows in a session", () => {
  it(
    'set language, keyboard and time zone, and show the state of the system',
    { timeout: sittingLimitMs },
    async () => {
      const pc = await own.pc()
      await pc.install('--profile', own.profile())
      await sitAt(pc, {}, async (person) => {
        await sitsInSession(person)
        const run = (command: string) => person.runs(command, startLimitMs)
        await hands(person, 'use-widgets.py')
        const set = 'cat /etc/locale.conf; grep LAYOUT /etc/default/keyboard; readlink /etc/localtime'

        // In the session, as the panel's menu and the settings start it.
        await run('systemd-run --user --quiet berth-region')
        await uses(person, 'London', 'Ihr Passwort=not-it', 'So verwenden')
        await comesTrue(person, 'python3 use-widgets.py 2>/dev/null', ['Nichts wurde geändert'])
        await expectWindowsClock(person)
        await uses(person, 'français (France)', 'Ihr Passwort=geheim', 'So verwenden')
        await comesTrue(person, set, ['LANG=fr_FR.UTF-8', 'XKBLAYOUT=fr', '/usr/share/zoneinfo/Europe/Paris'])
        await person.keeps('region-window')

        await run('systemd-run --user --quiet berth-status-window')
        await comesTrue(person, 'python3 use-widgets.py 2>/dev/null', ['Als Datei ablegen …'])
        await person.keeps('status-window')
        await person.pc.powerButton()
      })
      await pc.confirm()
      await pc.undo()
    },
  )
})
