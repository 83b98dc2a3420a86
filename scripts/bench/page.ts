import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openChromium } from '../../e2e/ui/testing/chromium.ts'
import { openStoryBook, type StoryBook } from '../../e2e/ui/testing/story-book.ts'
import { root } from '../build/bundle.ts'
import { median, percentile, valueRow, type Row } from './row.ts'

const moves = 60
const idleSeconds = 10

/** The page in a current Chromium: a slider's answer, what an installation's page costs while it waits, its size. */
export async function benchPage(): Promise<Row[]> {
  const book = await openStoryBook()
  const browser = await openChromium()
  try {
    return [...(await benchSlider(browser, book)), await benchIdle(browser, book), benchSize()]
  } finally {
    await browser.close()
    book.close()
  }
}

async function benchSlider(browser: Browser, book: StoryBook): Promise<Row[]> {
  const page = await browser.newPage({ viewport: { width: 1100, height: 760 } })
  await page.goto(book.address('space/default'))
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.locator('.slider input').first().focus()
  await page.evaluate(watchPaints)
  const computed: number[] = []
  const painted: number[] = []
  for (let at = 0; at < moves + 5; at += 1) {
    const before = await scriptTime(session)
    await page.keyboard.press(at % 20 < 10 ? 'ArrowRight' : 'ArrowLeft')
    const paint = await page.evaluate<number>(`paintNumber(${at})`)
    computed.push(((await scriptTime(session)) - before) * 1000)
    painted.push(paint)
  }
  await page.close()
  const note = `the space page after a move of its slider, ${moves} moves`
  return [
    p95Row('plan computed after a slider move', computed.slice(5), 16, `${note}; scripts, processor time`),
    p95Row(
      'plan painted after a slider move',
      painted.slice(5),
      50,
      `${note}; from the key to the paint, by the clock`,
    ),
  ]
}

/** From a key to the first frame in which the page shows something else because of it. */
const watchPaints = `
  const paints = []
  globalThis.paintNumber = (wanted) => new Promise((resolve) => {
    const look = () => (paints.length > wanted ? resolve(paints[wanted]) : requestAnimationFrame(look))
    look()
  })
  let pressed = 0
  addEventListener('keydown', () => { pressed = performance.now() }, true)
  new MutationObserver(() => {
    if (pressed === 0) return
    const from = pressed
    pressed = 0
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => paints.push(performance.now() - from)
      port2.postMessage(0)
    })
  }).observe(document.querySelector('main'), {
    subtree: true, childList: true, characterData: true, attributes: true,
  })
`

async function scriptTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration')
}

async function benchIdle(browser: Browser, book: StoryBook): Promise<Row> {
  const page: Page = await browser.newPage({ viewport: { width: 1100, height: 760 } })
  await page.goto(book.address('install/default'))
  await page.locator('.step-working').waitFor()
  const session = await browser.newBrowserCDPSession()
  const used = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
  await page.waitForTimeout(2000)
  const shares: number[] = []
  for (let second = 0; second < idleSeconds; second += 1) {
    const [before, begun] = [await used(), performance.now()]
    await page.waitForTimeout(1000)
    shares.push((((await used()) - before) * 100_000) / (performance.now() - begun))
  }
  await page.close()
  return valueRow({
    name: 'idle cost of the install page',
    samples: shares,
    unit: '% of a core',
    goal: 5,
    note: 'all processes of the browser while a step is under way and nothing new is told',
  })
}

function benchSize(): Row {
  const folder = join(root, 'dist/renderer/assets')
  const files = readdirSync(folder)
    .filter((name) => !name.startsWith('stories'))
    .map((name) => readFileSync(join(folder, name)))
  const kib = (sizes: readonly number[]) => sizes.reduce((sum, size) => sum + size, 0) / 1024
  const packed = kib(files.map((file) => gzipSync(file).length))
  return valueRow({
    name: 'size of the page',
    samples: [kib(files.map((file) => file.length))],
    unit: 'KiB',
    note: `scripts and styles; ${packed.toFixed(0)} KiB when packed with gzip`,
  })
}

function p95Row(name: string, samples: readonly number[], goal: number, note: string): Row {
  const row = valueRow({
    name,
    samples: [percentile(samples, 0.95)],
    unit: 'ms (95th percentile)',
    goal,
    note: `${note}; median ${median(samples).toFixed(1)} ms`,
  })
  const [least, most] = [Math.min(...samples), Math.max(...samples)]
  return { ...row, range: [Number(least.toFixed(2)), Number(most.toFixed(2))], runs: samples.length }
}
