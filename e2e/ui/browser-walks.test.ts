import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeCounts } from '../../installer-core/execute/testing/test-counts.ts'
import { root } from '../../scripts/build/bundle.ts'
import { complaintsOf, openChromium } from './testing/chromium.ts'
import { seededChooser, type Choose } from './testing/seeded.ts'
import { makePlace, type Place, type Serving } from './testing/serving.ts'

const walks = 20
const steps = 12
/** What somebody's report holds whose disks and entries were named by an enemy. */
const hostileReport = readFileSync(join(root, 'renderer/stories/recorded/hostile.json'))

let place: Place
let serving: Serving
let browser: Browser
let context: BrowserContext
let session = ''
let walked = 0

beforeAll(async () => {
  place = makePlace()
  place.makePractice('roomy', 'windows-gap')
  place.makePractice('big-esp', 'windows-big-esp')
  place.makePractice('old-pc', 'bios')
  serving = await place.serve()
  browser = await openChromium()
  context = await browser.newContext({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' })
  const first = await context.newPage()
  await first.goto(serving.address)
  await first.getByRole('radio').first().waitFor()
  session = serving.origin
  await first.close()
})
afterAll(async () => {
  writeCounts('window-walks', { 'random walks': walks, 'steps of random walks': walked })
  await browser.close()
  await serving.end()
  place.remove()
})

/** All that can be clicked. Practice PCs are not started or made here: that takes QEMU its time and is tested elsewhere. */
const clickable = [
  'main button:not([disabled]), header a, main a, main summary, main label.choice, [role=alertdialog] button',
].join()
const tooLong = /^(Switch on|Make it|Delete|Restart|Start the practice PC)/

async function choices(page: Page): Promise<Locator[]> {
  const dialog = page.locator('[role=alertdialog] button')
  const all = (await dialog.count()) > 0 ? await dialog.all() : await page.locator(clickable).all()
  const open: Locator[] = []
  for (const one of all) {
    if (!(await one.isVisible().catch(() => false))) continue
    if (!tooLong.test((await one.innerText().catch(() => '')).trim())) open.push(one)
  }
  return open
}

/** One step: mostly a click, now and then what people do besides. Gives it in words. */
async function step(page: Page, choose: Choose): Promise<string> {
  const mood = choose(20)
  if (mood === 0) {
    await page.goBack()
    if (!page.url().startsWith(serving.origin)) await page.goForward()
    return 'went back'
  }
  if (mood === 1) return page.reload().then(() => 'loaded anew')
  if (mood === 2) {
    await page.getByRole('combobox').selectOption({ index: choose(3) })
    return 'chose a language'
  }
  if (mood === 3) {
    const keys = ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Escape', 'Tab', 'Enter']
    const key = keys[choose(keys.length)] ?? 'Tab'
    await page.keyboard.press(key)
    return `pressed ${key}`
  }
  const open = await choices(page)
  const one = open[choose(open.length)]
  if (one === undefined) throw new Error('There is nothing to click')
  const text = (await one.innerText().catch(() => '')).trim().split('\n')[0] ?? ''
  // What was there a moment ago may be gone: an installation goes on by itself.
  await one.click({ timeout: 3000 }).catch((thrown: unknown) => {
    if (!/Timeout|detached|intercepts/.test(String(thrown))) throw thrown
  })
  return `clicked “${text}”`
}

/** What is wrong with the page as it stands; empty when nothing is. */
async function faults(page: Page): Promise<string[]> {
  const headings = page.locator('h1')
  await headings.first().waitFor({ timeout: 15_000 })
  const text = await page.locator('body').innerText()
  const nonsense =
    /\[object |undefined|NaN|\$&|\{\{(?!t\}\})|TypeError|\n\s+at |\b(?:app|page|state|issue)\.[a-z]+\b/.exec(
      text,
    )
  return [
    ...((await headings.count()) === 1 ? [] : [`${await headings.count()} main headings`]),
    ...(nonsense === null ? [] : [`says “${nonsense[0]}”`]),
    ...((await page.getByText('This page has hit a fault').count()) === 0 ? [] : ['the page broke']),
  ]
}

it.each(Array.from({ length: walks }, (_, seed) => seed + 1))(
  'random walk %d meets no fault, and the way to the first page stays open',
  async (seed) => {
    const choose = seededChooser(seed)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('dialog', (dialog) => void dialog.accept())
    page.on('filechooser', (chooser) => {
      const file = { name: 'machine.json', mimeType: 'application/json', buffer: hostileReport }
      void chooser.setFiles(choose(2) === 0 ? file : { ...file, buffer: Buffer.from('{"not":"a report"}') })
    })
    const complaints = complaintsOf(page)
    const way: string[] = []
    await page.goto(session)
    await page.getByRole('radio').first().waitFor()
    for (let at = 0; at < steps; at += 1) {
      way.push(await step(page, choose))
      walked += 1
      expect([...(await faults(page)), ...complaints], way.join(' → ')).toEqual([])
    }
    // Nobody is stuck: a dialog closes, and the name at the top leads home.
    if ((await page.locator('[role=alertdialog]').count()) > 0) await page.keyboard.press('Escape')
    await page.locator('a.brand').click()
    await page.getByRole('radio').first().waitFor()
    await page.close({ runBeforeUnload: false })
  },
)
