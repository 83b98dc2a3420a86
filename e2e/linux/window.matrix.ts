import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { openChromium } from '../ui/testing/chromium.ts'
import { GuestCase } from './guest-case.ts'
import { atThePage, looks, restartsAtThePage, uninstalls } from './guest-page.ts'
import { expectBerth, expectDone, type LinuxGuest } from './linux-guest.ts'
import { freePort } from './served-guest.ts'

const own = new GuestCase()

let guest: LinuxGuest
let browser: Browser
let before: PcSnapshot
beforeAll(async () => {
  guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes: 100 * MiB, diskBytes: 8 * GiB })
  browser = await openChromium()
})
afterAll(async () => {
  await browser.close()
  own.remove()
})

describe('the window, in a Debian, by a user without rights', () => {
  it('installs after one prompt for rights, and restarts into the new system when asked', async () => {
    before = await settled()
    await restartsAtThePage(guest, browser, async (open) => {
      const { person, picture } = open
      await looks(open)
      await person.sees('This PC is ready')
      await picture('full-look')
      await person.readsThePlan()
      await picture('review')
      expect(await person.confirms()).toMatch(/^Add /)
      await person.isAt('The new system is in place')
      await picture('done')
      await person.presses('Restart into the new system now')
    })
  })

  it('starts the new system once, and then Debian again', async () => {
    // With its network card: without it the firmware would take its entries away, and sort them anew when it is back.
    const trial = await guest.start('true', { reach: await freePort() })
    expectBerth(trial)
    expect(trial.lines.filter((line) => line.startsWith('Berth: trial confirmed'))).toHaveLength(1)
  })

  it('keeps it, and takes everything away again: seen from outside, the PC is as it was', async () => {
    const start = await atThePage(
      guest,
      browser,
      async (open) => {
        const { person, picture } = open
        await looks(open)
        await person.presses('Go to the overview')
        await person.presses('Keep it')
        await person.isAt('Keep the new system')
        await person.seesThePlan()
        await picture('keep')
        expect(await person.confirms()).toMatch(/^Keep /)
        await person.presses('Go to the overview')
        await uninstalls(open, 'undo')
        await picture('undone')
      },
      { restarts: false },
    )
    expectDone(start)
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })
})

/** The PC after a start with its network card, which the firmware makes entries for. */
async function settled(): Promise<PcSnapshot> {
  expectDone(await guest.start('true', { reach: await freePort() }))
  return guest.snapshot()
}
