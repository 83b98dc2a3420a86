import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChromium } from './testing/chromium.ts'
import { makePlace, type Place, type Serving } from './testing/serving.ts'

const name = 'crash-pc'
const target = encodeURIComponent(`practice:${name}`)

let place: Place
let browser: Browser
let serving: Serving
let page: Page

beforeAll(async () => {
  place = makePlace()
  place.makePractice(name, 'windows')
  place.makePractice('old-pc', 'bios')
  browser = await openChromium()
  serving = await place.serve()
  page = await openPage()
})
afterAll(async () => {
  await browser.close()
  await serving.end()
  place.remove()
})

async function openPage(): Promise<Page> {
  const opened = await browser.newPage({ reducedMotion: 'reduce' })
  opened.setDefaultTimeout(30_000)
  // A page that is asked to go while an installation runs asks back; these tests mean it.
  opened.on('dialog', (dialog) => void dialog.accept())
  await opened.goto(serving.address)
  await opened.getByRole('radio').first().waitFor()
  return opened
}

const button = (text: string | RegExp) => page.getByRole('button', { name: text })

async function lookAt(pc: string): Promise<void> {
  await page.getByRole('radio', { name: pc }).locator('xpath=ancestor::label').click()
  await button('Look at the practice PC').click()
}

describe('a PC that cannot be helped', () => {
  it('is refused with the reason, and there is no way on', async () => {
    await lookAt('old-pc')
    await page.getByText('Stands in the way').first().waitFor()
    await button('Continue').click()
    await page.getByRole('heading', { level: 1, name: 'Which system would you like?' }).waitFor()
    expect(await button('Continue').isDisabled()).toBe(true)
    await page.getByRole('link', { name: 'Berth', exact: true }).click()
  })
})

describe('an engine that is killed while it installs', () => {
  it('leaves a PC that the next one finds interrupted, and brings to one of two clean ends', async () => {
    await lookAt(name)
    await button('Continue').click()
    await page.getByRole('heading', { level: 1, name: 'How much space?' }).waitFor()
    await button('Continue').click()
    await page.locator('.plan-steps li').first().waitFor()
    await button(/^(Shrink|Add) /).click()
    await page.locator('.step-working').first().waitFor()
    await serving.end('SIGKILL')
    await page.getByText('The connection to the engine was lost').waitFor()
    await page.close()
    expect(place.status(name).state).toBe('interrupted')

    serving = await place.serve()
    page = await openPage()
    await page.goto(`${serving.origin}/#/home?target=${target}`)
    await page.getByText('A change was interrupted').waitFor()
    await button('Go on or take it back').click()
    const clean = page.getByRole('heading', {
      level: 1,
      name: /in place$|was taken (away|back)$|were taken back$/,
    })
    await clean.and(page.locator('h1:focus')).waitFor({ timeout: 120_000 })
    await expect.poll(() => place.status(name).state, { timeout: 60_000 }).toMatch(/^(absent|trial)$/)
  })
})
