import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { root } from '../../scripts/build/bundle.ts'
import { complaintsOf, openChromium } from '../ui/testing/chromium.ts'
import { Person } from '../ui/testing/clicks.ts'
import { GuestCase } from './guest-case.ts'
import { answerYes, asAnna } from './guest-user.ts'
import { expectBerth, expectDone, type GuestStart, type LinuxGuest } from './linux-guest.ts'
import { freePort, serveInGuest } from './served-guest.ts'

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

/** What whoever sits in front of a PC may do: Anna's programs have no session in this guest, by which polkit would know. */
const atThePc = `
cat >/etc/polkit-1/rules.d/60-session.rules <<'END'
polkit.addRule(function (action, subject) {
  if (action.id == 'org.freedesktop.login1.reboot' && subject.user == 'anna') return polkit.Result.YES
})
END`

/** Keeps what the page shows, by this name. */
type TakePicture = (name: string) => Promise<unknown>

/**
 * What somebody does at the page, as Anna, who has no rights; then the guest goes on to its end, which is told. With
 * `restarts` the page stays open until then: it is what asked for the restart.
 */
async function atThePage(
  work: (person: Person, picture: TakePicture) => Promise<void>,
  { restarts }: { readonly restarts: boolean },
): Promise<GuestStart> {
  const { address, ended } = await serveInGuest(guest, [asAnna, answerYes, atThePc].join('\n'))
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  page.on('dialog', (dialog) => void dialog.accept())
  const complaints = complaintsOf(page)
  try {
    await page.goto(address)
    await work(new Person(page, patience), (name) => page.screenshot({ path: join(pictures, `${name}.png`) }))
    expect(complaints).toEqual([])
    if (restarts) await ended
  } finally {
    await context.close()
  }
  return ended
}

/** From the first page to what full rights show. */
async function looks(person: Person, picture: TakePicture): Promise<void> {
  await person.isAt('Try Linux next to what you have')
  await picture('welcome')
  await person.presses('Look at my PC')
  await person.sees('A first look, without special rights')
  await picture('first-look')
  await person.presses('Look with full rights')
}

describe('the window, in a Debian, by a user without rights', () => {
  it('installs after one prompt for rights, and restarts into the new system when asked', async () => {
    before = await settled()
    const start = await atThePage(
      async (person, picture) => {
        await looks(person, picture)
        await person.sees('This PC is ready')
        await picture('full-look')
        await person.readsThePlan()
        await picture('review')
        expect(await person.confirms()).toMatch(/^Add /)
        await person.isAt('The new system is in place')
        await picture('done')
        await person.presses('Restart into the new system now')
      },
      { restarts: true },
    )
    expect(start.end, start.lines.join('\n')).toBe('restart')
  })

  it('starts the new system once, and then Debian again', async () => {
    // With its network card: without it the firmware would take its entries away, and sort them anew when it is back.
    const trial = await guest.start('true', { reach: await freePort() })
    expectBerth(trial)
    expect(trial.lines.filter((line) => line.startsWith('Berth: trial confirmed'))).toHaveLength(1)
  })

  it('keeps it, and takes everything away again: seen from outside, the PC is as it was', async () => {
    const start = await atThePage(
      async (person, picture) => {
        await looks(person, picture)
        await person.presses('Go to the overview')
        await person.presses('Keep it')
        await person.isAt('Keep the new system')
        await person.seesThePlan()
        await picture('keep')
        expect(await person.confirms()).toMatch(/^Keep /)
        await person.presses('Go to the overview')
        await person.presses('Uninstall')
        await person.isAt('This is everything that will be taken away')
        await person.seesThePlan()
        await picture('undo')
        expect(await person.confirms()).toMatch(/^Take .* away from /)
        await person.isAt('The new system was taken away')
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
