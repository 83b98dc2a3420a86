import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, openChromium } from './testing/chromium.ts'
import { openStoryBook, type StoryBook } from './testing/story-book.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pages = 12

let book: StoryBook
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  book = await openStoryBook()
  browser = await openChromium()
  const context = await browser.newContext({
    viewport: { width: 800, height: 600 },
    reducedMotion: 'reduce',
  })
  // The page's policy refuses scripts that are put into it; those of the driver come before it.
  await context.addInitScript(axe)
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  complaints = complaintsOf(page)
})
afterAll(async () => {
  await browser.close()
  book.close()
})

async function storyNames(): Promise<string[]> {
  await page.goto(book.address('all/of-them'))
  await page.locator('a').first().waitFor()
  return page.locator('a').allTextContents()
}

async function show(story: string, options: { lang?: string; theme?: string } = {}): Promise<void> {
  await page.goto(book.address(story, options))
  await page.locator('h1').first().waitFor()
  // Stories that put back what was recorded do so a moment after they open.
  await page.waitForTimeout(70)
}

/** What is wrong with a story as it is shown; empty when nothing is. */
async function faultsOf(story: string, options: { lang?: string; theme?: string } = {}): Promise<string[]> {
  complaints.length = 0
  await show(story, options)
  const headings = await page.locator('h1').count()
  return [
    ...(headings === 1 ? [] : [`${headings} main headings`]),
    ...(await wider()),
    ...(await unworded()),
    ...complaints.map((text) => `console: ${text}`),
    ...(await violations()),
  ].map((fault) => `${story}: ${fault}`)
}

async function wider(): Promise<string[]> {
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  return wide > 0 ? [`${wide} pixels wider than the window`] : []
}

/** The names of sentences instead of sentences. */
async function unworded(): Promise<string[]> {
  const text = await page.locator('body').innerText()
  const names =
    /\b(?:app|page|action|state|issue|disk|welcome|pc|system|space|review|install|done|home|practice|help|report)\.[a-z]+[A-Za-z_]*\b/.exec(
      text,
    )
  return names === null ? [] : [`says ${names[0]}`]
}

async function violations(): Promise<string[]> {
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations'] })",
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

async function faultsOfAll(stories: readonly string[], options: { lang?: string; theme?: string } = {}) {
  const faults: string[] = []
  for (const story of stories) faults.push(...(await faultsOf(story, options)))
  return faults
}

describe('the pages, each in each of its states', () => {
  it('hold to WCAG A and AA, have one main heading, fit 800 by 600 and complain of nothing', async () => {
    const stories = await storyNames()
    expect(new Set(stories.map((name) => name.split('/')[0])).size).toBe(pages)
    expect(await faultsOfAll(stories)).toEqual([])
  })

  it.each([
    ['in the dark', { theme: 'dark' }, 'ltr'],
    ['in German', { lang: 'de' }, 'ltr'],
    ['with longer words', { lang: 'en-XA' }, 'ltr'],
    ['from right to left', { lang: 'ar-XB' }, 'rtl'],
  ])('hold to it %s', async (_, options, direction) => {
    const stories = (await storyNames()).filter((name) => /\/(default|hostile|error)$/.test(name))
    expect(stories.length).toBeGreaterThan(pages)
    expect(await faultsOfAll(stories, options)).toEqual([])
    expect(await page.evaluate('document.documentElement.dir')).toBe(direction)
  })

  it('fit a window of 800 by 600 at twice its size', async () => {
    // Twice the size leaves half as many pixels of the page's own.
    await page.setViewportSize({ width: 400, height: 300 })
    const faults: string[] = []
    for (const story of (await storyNames()).filter((name) => /\/(default|hostile|expert)$/.test(name))) {
      await show(story)
      faults.push(...(await wider()).map((fault) => `${story}: ${fault}`))
      const action = page.locator('.actions button').last()
      if ((await action.count()) > 0 && !(await action.isVisible()))
        faults.push(`${story}: no button to be seen`)
    }
    await page.setViewportSize({ width: 800, height: 600 })
    expect(faults).toEqual([])
  })

  it('hold to it in forced colours, and move nothing for people who want no motion', async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    const stories = (await storyNames()).filter((name) => /\/(default|loading)$/.test(name))
    expect(await faultsOfAll(stories)).toEqual([])
    for (const story of stories) {
      await show(story)
      const moving = 'document.getAnimations().filter(({ playState }) => playState === "running").length'
      expect(await page.evaluate(moving), story).toBe(0)
    }
    await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
  })

  it('is found faulty when it is', async () => {
    await page.goto(book.address('welcome/default'))
    await page.locator('h1').first().waitFor()
    await page.evaluate("document.querySelector('button').replaceChildren()")
    await page.evaluate("document.querySelector('button').removeAttribute('aria-label')")
    expect((await violations()).join('\n')).toContain('button-name')
  })
})
