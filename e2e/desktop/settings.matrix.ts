import { afterAll, describe, expect, it } from 'vitest'
import { anna, comesToLogin, DesktopCase, sitAt, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { comesTrue, hands, typed } from './guest-files.ts'
import { sights } from './sights.ts'
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
        await comesToLogin(person)
        await person.reads(/Berth: trial confirmed/, startLimitMs)
        await person.types(`${anna.password}\n`)
        await person.sees(sights.panel, startLimitMs)
        await person.signsInOnSerial(anna.user, anna.password, 300_000)
        const run = (command: string) => person.runs(command, startLimitMs)
        await hands(person, 'use-widgets.py')
        const use = async (...names: readonly string[]) => {
          const used = await run(`python3 use-widgets.py ${names.map(typed).join(' ')} 2>&1 | grep -v Deprec`)
          expect(used, used.join('\n')).toContain(`used ${names.at(-1)}`)
        }
        const set = 'cat /etc/locale.conf; grep LAYOUT /etc/default/keyboard; readlink /etc/localtime'

        // In the session, as the panel's menu and the settings start it.
        await run('systemd-run --user --quiet berth-region')
        await use('London', 'Ihr Passwort=not-it', 'So verwenden')
        await comesTrue(person, 'python3 use-widgets.py 2>/dev/null', ['Nichts wurde geändert'])
        await expectWindowsClock(person)
        await use('français (France)', 'Ihr Passwort=geheim', 'So verwenden')
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
