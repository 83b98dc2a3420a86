import { afterAll, describe, expect, it } from 'vitest'
import { anna, comesToLogin, DesktopCase, sitAt, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { comesTrue, hands } from './guest-files.ts'
import { sights } from './sights.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

const reader = ['meta_l', 'alt', 's'] as const
const keyboard = ['meta_l', 'alt', 'k'] as const
/** What takes the focus at the login screen, by the names that a screen reader says. */
const names = [
  'password text|Passwort',
  'button|Anmelden',
  'toggle button|Barrierefreiheit',
  'toggle button|Ein/Aus',
  'check box|Bildschirmleser',
  'check box|Bildschirmtastatur',
  'check box|Große Schrift',
  'check box|Hoher Kontrast',
]

const asRoot = (command: string) => `printf '${anna.password}\\n' | sudo -S -p '' ${command}`

describe('eyes and hands that need help, from the login screen on', () => {
  const title =
    'gets an on-screen keyboard and a screen reader by the keyboard, and has both in the session that follows'
  it(title, { timeout: sittingLimitMs }, async () => {
    const pc = await own.pc()
    await pc.install('--profile', own.profile())
    await sitAt(pc, {}, async (person) => {
      await comesToLogin(person)
      await person.reads(/Berth: trial confirmed/, startLimitMs)
      await person.presses(...keyboard)
      await person.sees(sights.keyboard, 120_000)

      await person.signsInOnSerial(anna.user, anna.password, 300_000)
      await hands(person, 'accessible-names.py')
      await person.presses(...reader)
      await comesTrue(person, 'ps -C orca -o user=', ['_greetd'])
      const look = asRoot('python3 accessible-names.py')
      await comesTrue(person, look, ['password text|Passwort|focus'])
      const found = (await person.runs(look, 300_000)).filter((line) => line.includes('|'))
      expect(found.map((line) => line.split('|').slice(0, 2).join('|')).sort()).toEqual([...names].sort())
      expect(await person.runs(asRoot('cat /var/lib/berth/greeter/access'), 120_000)).toContain(
        'reader keyboard',
      )
      await person.sees(sights.keyboard, 120_000)

      await person.types(`${anna.password}\n`)
      const units =
        'systemctl --user --no-pager --lines 40 status berth-reader | cat; echo units: $(systemctl --user is-active berth-reader berth-keyboard)'
      await comesTrue(person, units, ['units: active active'])
      await comesTrue(person, 'ps -C orca -o user=', [anna.user])
      await person.sees(sights.keyboard, startLimitMs)
      await person.presses(...reader)
      await comesTrue(person, units, ['units: inactive active'])
      await person.presses(...keyboard)
      await comesTrue(person, units, ['units: inactive inactive'])
      await person.sees(sights.panel, startLimitMs)
      await person.pc.powerButton()
    })
  })
})
