import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openChromium } from './testing/chromium.ts'
import { makePlace, type Place, type Serving } from './testing/serving.ts'

const name = 'trial-pc'

let place: Place
let serving: Serving
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  place = makePlace()
  serving = await place.serve()
  browser = await openChromium()
  context = await browser.newContext({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' })
  page = await openPage(context)
  complaints = complaintsOf(page)
  await page.goto(serving.address)
  await heading('Try Linux next to what you have')
})
afterAll(async () => {
  await browser.close()
  await serving.end()
  place.remove()
})

async function openPage(where: BrowserContext): Promise<Page> {
  const opened = await where.newPage()
  opened.setDefaultTimeout(20_000)
  // A page that is asked to go while an installation runs asks back; these tests mean it.
  opened.on('dialog', (dialog) => void dialog.accept())
  return opened
}

const heading = (text: string | RegExp, timeout = 60_000) =>
  page.getByRole('heading', { level: 1, name: text }).waitFor({ timeout })
const button = (text: string | RegExp) => page.getByRole('button', { name: text })

/** Goes on with the Tab key until `what` has the focus. */
async function tabTo(what: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    if (await has(what, ':focus')) return
  }
  throw new Error(`The Tab key does not lead to ${String(what)}`)
}

async function has(what: Locator, selector: string): Promise<boolean> {
  return (await what.and(page.locator(selector)).count()) > 0
}

async function press(what: Locator): Promise<void> {
  await tabTo(what)
  await page.keyboard.press('Enter')
}

/** After a change of page its heading has the focus, and says where one is. */
const focused = () => page.locator('h1:focus').waitFor()

describe('the page that berth serve shows', () => {
  it('gives its session once, to its own origin and for its own token', async () => {
    const token = new URL(serving.address).hash.replace('#token=', '')
    const exchange = (given: string, origin: string) =>
      fetch(`${serving.origin}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: origin },
        body: JSON.stringify({ token: given }),
      }).then((answer) => answer.status)
    expect(await exchange(token, serving.origin)).toBe(403)
    expect(await exchange('0'.repeat(64), serving.origin)).toBe(403)
    expect(await exchange(token, 'http://evil.example')).toBe(403)
  })

  it('shows nothing of the PC to a browser that comes with a used token', async () => {
    const stranger = await browser.newContext()
    const other = await openPage(stranger)
    const refused = other.waitForResponse((answer) => answer.url().endsWith('/session'))
    await other.goto(serving.address)
    expect((await refused).status()).toBe(403)
    await other.getByRole('heading', { level: 1 }).waitFor()
    expect(await other.getByRole('radio').count()).toBe(0)
    expect(await other.getByRole('button', { name: 'Look at my PC' }).isDisabled()).toBe(true)
    await stranger.close()
  })

  it('makes a practice PC', async () => {
    await button('Practise first').click()
    await heading('Practice PCs')
    await focused()
    await page.getByText('Windows with a big start partition').click()
    await page.getByRole('textbox').fill(name)
    await button('Make it').click()
    await button('Switch on').waitFor({ timeout: 120_000 })
    expect(place.status(name).state).toBe('absent')
  })

  it('installs on it with five clicks, and stays with the installation when it is loaded again', async () => {
    let clicks = 0
    const click = async (what: ReturnType<typeof button>) => {
      clicks += 1
      await what.click()
    }
    await page.goto(`${serving.origin}/#/welcome`)
    await page.reload()
    await heading('Try Linux next to what you have')
    await click(page.getByText(name))
    await click(button('Look at the practice PC'))
    await page.getByText('This PC is ready').waitFor()
    await focused()
    await click(button('Continue'))
    await heading('How much space?')
    await focused()
    await click(button('Continue'))
    await heading('This is everything that will change')
    await focused()
    await page.locator('.plan-steps li').first().waitFor()
    await click(button(/^(Shrink|Add) /))
    await heading('Putting the new system beside the old one')
    expect(clicks).toBeLessThanOrEqual(5)
    await page.reload()
    await heading('The new system is in place', 120_000)
    await page.getByText('What was proven').waitFor()
    expect(place.status(name).state).toBe('trial')
  })

  it('shows the same in a second window, with what was proven', async () => {
    const second = await openPage(context)
    await second.goto(page.url())
    await second.getByRole('heading', { level: 1, name: 'The new system is in place' }).waitFor()
    await second.close()
  })

  it('undoes everything', async () => {
    await button('Undo everything').click()
    await heading('This is everything that will be taken away')
    await focused()
    await button(/^Take .* away from /).click()
    await heading('The new system was taken away', 120_000)
    expect(place.status(name).state).toBe('absent')
  })

  it('installs by the keyboard alone', async () => {
    await page.goto(`${serving.origin}/#/welcome`)
    await page.reload()
    await heading('Try Linux next to what you have')
    const wanted = page.getByRole('radio', { name })
    await wanted.waitFor()
    await tabTo(page.getByRole('radio'))
    for (let presses = 0; presses < 4 && !(await wanted.isChecked()); presses += 1)
      await page.keyboard.press('ArrowDown')
    await press(button('Look at the practice PC'))
    await page.getByText('This PC is ready').waitFor()
    await press(button('Continue'))
    await heading('How much space?')
    await press(button('Continue'))
    await page.locator('.plan-steps li').first().waitFor()
    await press(button(/^(Shrink|Add) /))
    await heading('The new system is in place', 120_000)
    await focused()
    expect(place.status(name).state).toBe('trial')
  })

  it('repairs what the firmware lost, after a review, and keeps the system', async () => {
    await place.loseEntry(name)
    await page.goto(`${serving.origin}/#/home?target=practice:${name}`)
    await page.reload()
    await page.getByText("The new system's boot entry is gone").waitFor()
    expect(place.status(name).state).toBe('damaged')
    await button('Repair').click()
    await heading('This is everything that will be repaired')
    await focused()
    await page.locator('.plan-steps li').first().waitFor()
    await button(/^Repair /).click()
    await heading(/^Repaired$/, 120_000)
    expect(place.status(name).state).toBe('trial')
  })

  it('deletes the practice PC after asking, and shows another one', async () => {
    await page.goto(`${serving.origin}/#/practice?target=practice:${name}`)
    await button(/^Delete: .*trial-pc/).click()
    await button('Keep it').waitFor()
    await page.keyboard.press('Enter')
    expect(place.has(name)).toBe(true)
    await button(/^Delete: .*trial-pc/).click()
    await button('Delete it').click()
    await button(/^Delete: .*trial-pc/).waitFor({ state: 'detached' })
    expect(place.has(name)).toBe(false)
    expect(page.url()).not.toContain(name)
  })

  it('complained of nothing on the way', () => {
    expect(complaints).toEqual([])
  })
})
