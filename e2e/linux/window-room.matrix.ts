import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { openChromium } from '../ui/testing/chromium.ts'
import { GuestCase } from './guest-case.ts'
import { checkFiles, makeFiles } from './guest-files.ts'
import { atThePage, looks, restartsAtThePage, uninstalls } from './guest-page.ts'
import { guestRootBytes } from './guest-recipe.ts'
import { expectBerth, expectDone, type LinuxGuest } from './linux-guest.ts'
import { freePort } from './served-guest.ts'
import { withStage } from './stage-payload.ts'

const own = new GuestCase(withStage)
const espBytes = 300 * MiB
/** With its network card, as at the page: without it the firmware would take its entries away, and sort them anew. */
const plain = async (script: string) => guest.start(script, { reach: await freePort() })

let guest: LinuxGuest
let browser: Browser
let before: PcSnapshot
beforeAll(async () => {
  const diskBytes = guestRootBytes + espBytes + 2 * MiB
  guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes, diskBytes })
  browser = await openChromium()
}, 1_000_000)
afterAll(async () => {
  await browser.close()
  own.remove()
})

describe('the window, in a Debian whose root fills the disk, by a user without rights', () => {
  it('prepares one restart that makes room, and restarts when asked', async () => {
    expectDone(await plain(makeFiles('/srv/files')))
    before = await guest.snapshot()
    await restartsAtThePage(guest, browser, async (open) => {
      const { page, person, picture } = open
      await looks(open)
      await person.sees('This PC is ready')
      await person.presses('Continue')
      await person.isAt('How much space?')
      await page.locator('summary', { hasText: 'with one restart' }).click()
      const field = page.getByRole('textbox', { name: 'How much room to make' })
      await field.fill('0.5')
      await field.press('Enter')
      await picture('room-space')
      await person.presses('See the plan for that restart')
      await person.isAt('Prepare one restart that makes room')
      await person.seesThePlan()
      await picture('room-review')
      expect(await person.confirms()).toBe('Prepare the restart that makes room')
      await person.isAt('Prepared: one restart makes the room')
      await picture('room-prepared')
      await person.presses('Restart now')
    })
  })

  it('makes the room by itself', async () => {
    const stage = await plain('true')
    expect(stage.lines, stage.lines.join('\n')).toContain('Berth: done. The PC restarts into its own system.')
  })

  it('tells that the room is there, and installs into it', async () => {
    await restartsAtThePage(guest, browser, async (open) => {
      const { person, picture } = open
      await looks(open)
      await person.sees('The room is there')
      await picture('room-there')
      await person.presses('Go on to the installation')
      await person.isAt('How much space?')
      await person.chooses('Unused space on')
      await picture('room-used')
      await person.presses('Continue')
      await person.isAt('This is everything that will change')
      await person.seesThePlan()
      await person.confirms()
      await person.isAt('The new system is in place')
      await person.presses('Restart into the new system now')
    })
    expectBerth(await plain('true'))
  })

  it('takes the system away and gives the room back: seen from outside, the PC is as it was', async () => {
    const start = await atThePage(
      guest,
      browser,
      async (open) => {
        await looks(open)
        await open.person.presses('Go to the overview')
        await uninstalls(open, 'room-undo')
      },
      { restarts: false },
    )
    expectDone(start)
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
    const after = await plain(checkFiles('/srv/files'))
    expect(after.lines, after.lines.join('\n')).toContain('files are equal')
  })
})
