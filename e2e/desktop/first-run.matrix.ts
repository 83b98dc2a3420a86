import { afterAll, describe, expect, it } from 'vitest'
import { DesktopCase, sitAt, sittingLimitMs, startLimitMs, startsOf } from './desktop-pc.ts'
import { isDataClosed } from './partition-place.ts'
import type { Person } from './person.ts'
import { sights } from './sights.ts'
import { expectWindowsClock } from './windows-clock.ts'

const own = new DesktopCase()
afterAll(() => own.remove())
const ben = { user: 'ben', fullName: 'Ben Berg', password: 'geheim' } as const

/** A name with capital letters, as somebody types it. */
async function typeName(person: Person, name: string): Promise<void> {
  for (const sign of name) {
    if (/[A-Z]/.test(sign)) await person.presses('shift', sign.toLowerCase())
    else await person.types(sign)
  }
}

async function seeFirstRun(person: Person): Promise<void> {
  await person.reads(/Berth: login screen of/, startLimitMs)
  await person.sees(sights.firstRun, 60_000)
}

/** Five steps past the last field to the button that says "English (United States) · us", and German in its first list. */
async function chooseGerman(person: Person): Promise<void> {
  await person.types('\t\t\t\t\t\n')
  await person.sees(sights.region, 120_000)
  await person.presses('down')
  await person.presses('down')
  await person.types('\t\t\t\t\t\n')
  await person.sees(sights.firstRun, 120_000)
}

describe('the desktop, installed without saying who will use it', () => {
  const title = 'asks at its first start, and again after a factory reset, which takes what was written'
  it(title, { timeout: 2 * sittingLimitMs }, async () => {
    const pc = await own.pc()
    await pc.install()
    const boot = await sitAt(pc, { until: 'windows' }, async (person) => {
      await seeFirstRun(person)
      await chooseGerman(person)
      await typeName(person, ben.fullName)
      // The name to sign in with follows from the first one.
      await person.types(`\t\t${ben.password}\t${ben.password}\n`)
      await person.sees(sights.madeLogin, 120_000)
      await person.types(`${ben.password}\n`)
      await person.sees(sights.panel, startLimitMs)
      await person.reads(/Berth: trial confirmed/, startLimitMs)
      await person.signsInOnSerial(ben.user, ben.password, 300_000)
      expect(await person.runs('getent passwd ben | cut -d : -f 5', 120_000)).toEqual([ben.fullName])
      expect(await person.runs('cat /etc/locale.conf /etc/default/keyboard', 120_000)).toEqual([
        'LANG=de_DE.UTF-8',
        'XKBLAYOUT=de',
        'XKBVARIANT=',
      ])
      await expectWindowsClock(person)
      expect(await person.runs('echo secret >letter.txt; sync; sudo -n true; echo $?', 120_000)).toContain(
        '1',
      )
      person.pc.type(`printf '${ben.password}\\nlöschen\\n' | sudo -S -p '' berth-factory-reset\n`)
    })
    expect(startsOf(boot)).toEqual([
      [expect.stringContaining('Berth'), 'boot-next', 'restart'],
      ['Windows Boot Manager', 'first-in-order', 'power-off'],
    ])
    expect(await isDataClosed(pc), 'the restart left nothing in the journal').toBe(true)
    await pc.confirm()
    await pc.switchTo('berth')
    await sitAt(pc, {}, async (person) => {
      await person.reads(/^Berth: factory reset/, startLimitMs)
      await seeFirstRun(person)
      // Who answers the power button is started after this, and nothing on the serial port says when.
      await person.pc.cutPower()
    })
  })
})
