import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { buildDesktop } from '../../installer-core/system/desktop/build-desktop.ts'
import { developmentSigner } from '../../installer-core/system/release-signer.ts'
import { ScenarioPc } from '../boot/scenario.ts'
import {
  anna,
  comesToLogin,
  expectWayBack,
  leavesForWindows,
  signsIn,
  sitAt,
  sittingLimitMs,
  startLimitMs,
} from '../desktop/desktop-pc.ts'
import { complaintsOf, openChromium } from './testing/chromium.ts'
import { Person } from './testing/clicks.ts'
import { makePlace, type Place, type Serving } from './testing/serving.ts'

const name = 'annas-pc'
/** A cold machine fetches and installs the desktop's packages first. */
const buildLimitMs = 3_600_000
/** The root image is copied and read back. */
const installLimitMs = 900_000
const typed = {
  'Your name': anna.fullName,
  'User name': anna.user,
  'Name of the PC in the network': anna.hostname,
  'Password for the new system': anna.password,
  'The password once more': anna.password,
  Language: 'de_DE.UTF-8',
  Keyboard: 'us',
  'Time zone': 'Europe/Berlin',
}

let releases: string
let place: Place
let serving: Serving
let browser: Browser
let page: Page
let person: Person
let complaints: string[]
let pc: ScenarioPc
let before: PcSnapshot

beforeAll(async () => {
  releases = mkdtempSync(join(tmpdir(), 'berth-desktop-page-'))
  const out = join(releases, 'desktop-1.0.0-x86_64')
  const signer = expectOk(await developmentSigner(join(inject('keys'), 'dev-key.pem')))
  expectOk(await buildDesktop({ out, signer }))
  place = makePlace(releases)
  place.makePractice(name, 'windows-room')
  pc = new ScenarioPc(join(place.env['BERTH_DATA'] ?? '', 'practice', name), out)
  before = await pc.snapshot()
  serving = await place.serve()
  browser = await openChromium()
  page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(30_000)
  complaints = complaintsOf(page)
  person = new Person(page)
  await page.goto(serving.address)
}, buildLimitMs)
afterAll(async () => {
  await browser.close()
  await serving.end()
  place.remove()
  rmSync(releases, { recursive: true })
})

describe('the desktop, by the pages alone and then by its own screen', () => {
  it(
    'is installed beside Windows for somebody who said who they are',
    { timeout: installLimitMs },
    async () => {
      await person.looksAt(name)
      await person.sees('This PC is ready')
      await person.presses('Continue')
      await person.isAt('How much space?')
      await person.presses('Continue')
      await person.isAt('About you')
      for (const [label, text] of Object.entries(typed))
        await page.getByRole('textbox', { name: label, exact: true }).fill(text)
      await person.presses('Continue')
      await person.isAt('This is everything that will change')
      await person.seesThePlan()
      expect(await page.innerText('main')).not.toContain(anna.password)
      await person.confirms()
      await person.isAt('The new system is in place', installLimitMs)
      expect(place.status(name).state).toBe('trial')
    },
  )

  const use =
    'comes to its login screen, takes the password, opens a program and goes to Windows by its own menu'
  it(use, { timeout: sittingLimitMs }, async () => {
    const boot = await sitAt(pc, { until: 'windows' }, async (sitting) => {
      await comesToLogin(sitting)
      await sitting.reads(/Berth: trial confirmed/, startLimitMs)
      await signsIn(sitting)
      await leavesForWindows(sitting)
    })
    expectWayBack(boot)
  })

  it('is known to have started, and is taken away without a trace', { timeout: installLimitMs }, async () => {
    await person.looksAt(name)
    await person.presses('Go to the overview')
    await person.sees('It has started on this PC.')
    await person.presses('Uninstall')
    await person.isAt('This is everything that will be taken away')
    await person.seesThePlan()
    await person.confirms()
    await person.isAt('The new system was taken away', 120_000)
    expect(compareSnapshots(before, await pc.snapshot())).toEqual([])
    expect(complaints).toEqual([])
  })
})
