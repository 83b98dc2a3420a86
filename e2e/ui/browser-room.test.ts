import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import { stageFolder } from '../../installer-core/model/stage.ts'
import { newPracticePc } from '../../installer-core/practice/new-pc.ts'
import { compareSnapshots, takeSnapshot } from '../../installer-core/practice/snapshot.ts'
import { developmentSigner } from '../../installer-core/system/release-signer.ts'
import { makeCutTestRelease } from '../../installer-core/system/testing/cut-test-release.ts'
import { complaintsOf, openChromium } from './testing/chromium.ts'
import { Person } from './testing/clicks.ts'
import { makePlace, type Place, type Serving } from './testing/serving.ts'

const name = 'full-pc'
let releases: string
let place: Place
let serving: Serving
let browser: Browser
let page: Page
let person: Person
let complaints: string[]

beforeAll(async () => {
  releases = mkdtempSync(join(tmpdir(), 'berth-room-'))
  // More than the ESP has room for, twice.
  await makeRelease({ version: '1.0.0', size: 40 * MiB })
  place = makePlace(releases)
  mkdirSync(join(place.env['BERTH_DATA'] ?? '', 'practice'))
  expectOk(await newPracticePc(folder(), { like: 'linux-running', unstarted: true }))
  serving = await place.serve()
  browser = await openChromium()
  page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(20_000)
  complaints = complaintsOf(page)
  person = new Person(page)
  await page.goto(serving.address)
})
afterAll(async () => {
  await browser.close()
  await serving.end()
  place.remove()
  rmSync(releases, { recursive: true })
})

/** Signed with the key that the program trusts here. */
async function makeRelease(wanted: { version: string; size: number; folder?: string }): Promise<void> {
  const signer = expectOk(await developmentSigner(join(inject('keys'), 'dev-key.pem')))
  await makeCutTestRelease(join(releases, `cut-test-${wanted.version}-x86_64`), { ...wanted, signer })
}

const folder = () => join(place.env['BERTH_DATA'] ?? '', 'practice', name)
const look = async () => expectOk(await takeSnapshot(folder()))

/** From the first page to the one about space, which there is none of. */
async function comesToSpace(): Promise<void> {
  await person.looksAt(name)
  await person.sees('This PC needs room first.')
  await person.presses('Continue')
  await person.isAt('How much space?')
  expect(await person.cannotPress('Continue')).toBe(true)
}

describe('a PC whose running system is in the way of room, by clicking', () => {
  it('says what is missing while there is no stage, and where to get it', async () => {
    await comesToSpace()
    await person.sees('The small system that does this is not on this PC yet.')
    await person.presses('Go to the page “System”')
    await person.isAt('Which system would you like?')
    await person.sees('Fits once there is room')
  })

  it('shows the plan for one restart, with as much room as is chosen by the keyboard', async () => {
    await makeRelease({ version: '2.0.0', size: MiB, folder: stageFolder })
    await page.reload()
    // A stage is no system: there is still one to install, and nothing to choose on the way.
    await comesToSpace()
    const field = page.getByRole('textbox', { name: 'How much room to make' })
    await field.fill('2')
    await field.press('Enter')
    await person.presses('See the plan for that restart')
    await person.isAt('Prepare one restart that makes room')
    await page.locator('h1:focus').waitFor()
    await person.seesThePlan()
    await page.getByText('2 GiB (2,147,483,648 bytes) smaller').first().waitFor()
    await person.presses('Back')
    await person.isAt('How much space?')
    expect(await field.inputValue()).toBe('2')
  })

  it('prepares it, finds it again in a page that is loaded anew, and takes it back without a trace', async () => {
    const before = await look()
    await person.presses('See the plan for that restart')
    await person.seesThePlan()
    expect(await person.confirms()).toBe('Prepare the restart that makes room')
    await person.isAt('Prepared: one restart makes the room', 60_000)
    await person.sees('Restart now')
    expect(compareSnapshots(before, await look())).not.toEqual([])
    await person.looksAt(name)
    await page.waitForURL(/#\/pc\?/)
    await page.reload()
    await person.sees('Prepared: the next restart makes room')
    expect(await person.cannotPress('Continue')).toBe(true)
    await person.presses('Take it back')
    await person.isAt('Take away what was prepared')
    await person.seesThePlan()
    await person.confirms()
    await person.isAt('Taken away', 60_000)
    expect(compareSnapshots(before, await look())).toEqual([])
    await person.looksAt(name)
    await person.sees('This PC needs room first.')
  })

  it('complained of nothing on the way', () => {
    expect(complaints).toEqual([])
  })
})
