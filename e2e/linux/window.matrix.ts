import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { root } from '../../scripts/build/bundle.ts'
import { complaintsOf, openChromium } from '../ui/testing/chromium.ts'
import { GuestCase } from './guest-case.ts'
import { answerYes, asAnna } from './guest-user.ts'
import { expectBerth, expectDone, type GuestStart, type LinuxGuest } from './linux-guest.ts'
import { serveInGuest } from './served-guest.ts'

const own = new GuestCase()
const pictures = join(root, 'dist/test-results/guest-window')
/** Everything is interpreted: a click in the guest takes seconds, full rights take a minute. */
const patience = 600_000

let guest: LinuxGuest
let browser: Browser
let before: PcSnapshot
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes: 100 * MiB, diskBytes: 8 * GiB })
  browser = await openChromium()
})
afterAll(async () => {
  await browser.close()
  own.remove()
})

/** What somebody does at the page, as Anna, who has no rights; then the guest goes on to its end. */
async function atThePage(work: (person: Visitor) => Promise<void>): Promise<GuestStart> {
  const { address, ended } = await serveInGuest(guest, `${asAnna}\n${answerYes}`)
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  page.on('dialog', (dialog) => void dialog.accept())
  const complaints = complaintsOf(page)
  try {
    await page.goto(address)
    await work(new Visitor(page))
    expect(complaints).toEqual([])
  } catch (thrown) {
    const shown = await page.innerText('body').catch(() => 'nothing')
    throw new Error(`${String(thrown)}\nThe page at ${page.url()} says:\n${shown}`, { cause: thrown })
  } finally {
    await context.close()
  }
  return ended
}

class Visitor {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }

  async isAt(heading: string, picture: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await this.page.screenshot({ path: join(pictures, `${picture}.png`) })
  }
  sees(text: string): Promise<void> {
    return this.page.getByText(text).first().waitFor()
  }
  presses(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name }).click()
  }
  async readsThePlan(): Promise<void> {
    await this.page.locator('.plan-steps li').first().waitFor()
  }
  /** From the first page to what full rights show. */
  async looks(): Promise<void> {
    await this.isAt('Try Linux next to what you have', '1-welcome')
    await this.presses('Look at my PC')
    await this.sees('A first look, without special rights')
    await this.isAt('This is your PC', '2-first-look')
    await this.presses('Look with full rights')
  }
}

describe('the window, in a Debian, by a user without rights', () => {
  it('installs after one prompt for rights, and restarts into the new system when asked', async () => {
    before = await settled()
    const start = await atThePage(async (person) => {
      await person.looks()
      await person.sees('This PC is ready')
      await person.isAt('This is your PC', '3-full-look')
      await person.presses('Continue')
      await person.isAt('How much space?', '4-space')
      await person.presses('Continue')
      await person.isAt('This is everything that will change', '5-review')
      await person.readsThePlan()
      await person.presses(/^Add /)
      await person.isAt('The new system is in place', '6-done')
      await person.presses('Restart into the new system now')
      await new Promise((resolve) => setTimeout(resolve, 30_000))
    })
    expect(start.end, start.lines.join('\n')).toBe('restart')
  })

  it('starts the new system once, and then Debian again', async () => {
    const trial = await guest.start('true')
    expectBerth(trial)
    expect(trial.lines.filter((line) => line.startsWith('Berth: trial confirmed'))).toHaveLength(1)
  })

  it('keeps it, and takes everything away again: seen from outside, the PC is as it was', async () => {
    const start = await atThePage(async (person) => {
      await person.looks()
      await person.presses('Go to the overview')
      await person.presses('Keep it …')
      await person.isAt('Keep the new system', '7-keep')
      await person.readsThePlan()
      await person.presses(/^Keep /)
      await person.sees('Go to the overview')
      await person.presses('Go to the overview')
      await person.presses('Uninstall')
      await person.isAt('This is everything that will be taken away', '8-undo')
      await person.readsThePlan()
      await person.presses(/^Take .* away from /)
      await person.isAt('The new system was taken away', '9-undone')
    })
    expectDone(start)
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })
})

/** The PC after a start with its network card, which the firmware makes entries for. */
async function settled(): Promise<PcSnapshot> {
  const { ended } = await serveInGuest(guest, asAnna)
  expectDone(await ended)
  return guest.snapshot()
}
