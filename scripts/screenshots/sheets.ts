import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'

const onSheet = 12
const columns = 4

/** Puts pictures on sheets, `sheet-<name>-<number>.png` in `folder`, each with its name under it; gives how many there are. */
export async function makeSheets(
  page: Page,
  folder: string,
  name: string,
  pictures: readonly string[],
): Promise<number> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 1800, height: 1200 })
  const document = join(folder, 'sheet.html')
  let sheets = 0
  for (let at = 0; at < pictures.length; at += onSheet) {
    sheets += 1
    writeFileSync(document, sheet(pictures.slice(at, at + onSheet)))
    await page.goto(pathToFileURL(document).href)
    await page.screenshot({ path: join(folder, `sheet-${name}-${sheets}.png`), fullPage: true })
  }
  rmSync(document, { force: true })
  if (before !== null) await page.setViewportSize(before)
  return sheets
}

function sheet(pictures: readonly string[]): string {
  const cells = pictures.map((file) => `<figure><img src="${file}"><figcaption>${file}</figcaption></figure>`)
  const style = `body{margin:8px;display:grid;grid-template-columns:repeat(${columns},1fr);gap:8px;background:#888}
    figure{margin:0} img{width:100%;max-height:620px;object-fit:cover;object-position:top;display:block}
    figcaption{font:14px sans-serif;background:#fff}`
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${cells.join('')}`
}
