/* npm run screenshots [-- PART-OF-A-STORY'S-NAME …]: a picture of every page in every state, light, dark, in German and
   from right to left, into screenshots/, with sheets that show twelve at a time. To be looked at. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openChromium } from '../e2e/ui/testing/chromium.ts'
import { openStoryBook } from '../e2e/ui/testing/story-book.ts'
import { root } from './build/bundle.ts'
import { makeSheets } from './screenshots/sheets.ts'

const looks = {
  light: { theme: 'light', lang: 'en' },
  dark: { theme: 'dark', lang: 'en' },
  german: { theme: 'light', lang: 'de' },
  'right-to-left': { theme: 'light', lang: 'ar-XB' },
} as const

const wanted = process.argv.slice(2)
const folder = join(root, 'screenshots')
rmSync(folder, { recursive: true, force: true })
const size = { width: 1000, height: 760 }
const book = await openStoryBook()
const browser = await openChromium()
const page = await browser.newPage({ viewport: size, reducedMotion: 'reduce' })
const stories = (await allStories(page)).filter(
  (story) => wanted.length === 0 || wanted.some((part) => story.includes(part)),
)
for (const [look, options] of Object.entries(looks)) {
  const pictures: string[] = []
  mkdirSync(join(folder, look), { recursive: true })
  for (const story of stories) {
    await page.goto(book.address(story, options))
    await page.locator('h1').first().waitFor()
    // Stories that put back what was recorded do so a moment after they open.
    await page.waitForTimeout(80)
    const file = `${look}/${story.replace('/', '-')}.png`
    // As tall as the page is: what sticks to the window's edges would else lie over its middle.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight')
    await page.setViewportSize({ ...size, height: Math.max(size.height, height) })
    await page.screenshot({ path: join(folder, file) })
    await page.setViewportSize(size)
    pictures.push(file)
  }
  const sheets = await makeSheets(page, folder, look, pictures)
  process.stdout.write(`${look}: ${pictures.length} pictures on ${sheets} sheets\n`)
}
await browser.close()
book.close()
process.stdout.write(`${folder}\n`)

async function allStories(from: Page): Promise<string[]> {
  await from.goto(book.address('all/of-them'))
  await from.locator('a').first().waitFor()
  return from.locator('a').allTextContents()
}
