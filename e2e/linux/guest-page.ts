import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { root } from '../../scripts/build/bundle.ts'
import { complaintsOf } from '../ui/testing/chromium.ts'
import { Person } from '../ui/testing/clicks.ts'
import { answerYes, asAnna } from './guest-user.ts'
import type { GuestStart, LinuxGuest } from './linux-guest.ts'
import { serveInGuest } from './served-guest.ts'

/** Everything is interpreted: a click in the guest takes seconds, full rights take a minute. */
const patience = 600_000

/** Berth's page in the guest, as somebody has it open. */
export interface OpenGuestPage {
  readonly page: Page
  readonly person: Person
  /** Keeps what the page shows, by this name. */
  readonly picture: (name: string) => Promise<unknown>
}

/** What whoever sits in front of a PC may do: Anna's programs have no session in this guest, by which polkit would know. */
const atThePc = `
cat >/etc/polkit-1/rules.d/60-session.rules <<'END'
polkit.addRule(function (action, subject) {
  if (action.id == 'org.freedesktop.login1.reboot' && subject.user == 'anna') return polkit.Result.YES
})
END`

/**
 * What somebody does at the page, as Anna, who has no rights; then the guest goes on to its end, which is told. With
 * `restarts` the page stays open until then: it is what asked for the restart. Pictures go into
 * `dist/test-results/guest-window/`.
 */
export async function atThePage(
  guest: LinuxGuest,
  browser: Browser,
  work: (open: OpenGuestPage) => Promise<void>,
  { restarts }: { readonly restarts: boolean },
): Promise<GuestStart> {
  const pictures = join(root, 'dist/test-results/guest-window')
  mkdirSync(pictures, { recursive: true })
  const { address, ended } = await serveInGuest(guest, [asAnna, answerYes, atThePc].join('\n'))
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  page.on('dialog', (dialog) => void dialog.accept())
  const complaints = complaintsOf(page)
  try {
    await page.goto(address)
    const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
    await work({ page, person: new Person(page, patience), picture })
    expect(complaints).toEqual([])
    if (restarts) await ended
  } finally {
    await context.close()
  }
  return ended
}

/** A button of the page restarts the guest. */
export async function restartsAtThePage(
  guest: LinuxGuest,
  browser: Browser,
  work: (open: OpenGuestPage) => Promise<void>,
): Promise<void> {
  const start = await atThePage(guest, browser, work, { restarts: true })
  expect(start.end, start.lines.join('\n')).toBe('restart')
}

/** From an overview to a system that was taken away. */
export async function uninstalls({ person, picture }: OpenGuestPage, name: string): Promise<void> {
  await person.presses('Uninstall')
  await person.isAt('This is everything that will be taken away')
  await person.seesThePlan()
  await picture(name)
  expect(await person.confirms()).toMatch(/^Take .* away from /)
  await person.isAt('The new system was taken away')
}

/** From the first page to what full rights show. */
export async function looks({ person, picture }: OpenGuestPage): Promise<void> {
  await person.isAt('Try Linux next to what you have')
  await picture('welcome')
  await person.presses('Look at my PC')
  await person.sees('A first look, without special rights')
  await picture('first-look')
  await person.presses('Look with full rights')
}
