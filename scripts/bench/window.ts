import { writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { drive, environment, launch, makeStage, type Stage } from '../../e2e/ui/testing/packaged-window.ts'
import { packageWindow } from '../electron/package-window.ts'
import { testElectron } from '../electron/runtime.ts'
import { benchPage } from './page.ts'
import { median, ratioRow, type Row } from './row.ts'

const runs = 7

/** How long the packaged window takes until it can be used, against an empty window of the same Electron; and its page. */
export async function benchWindow(folder: string): Promise<Row[]> {
  await packageWindow('linux', true)
  const empty = emptyApp(folder)
  const stage = await makeStage()
  try {
    const pairs: { ours: number; other: number }[] = []
    // The first start of each reads the disk.
    for (let run = 0; run <= runs; run += 1)
      pairs.push({ other: await startEmpty(stage, empty), ours: await startOurs(stage) })
    const warm = pairs.slice(1)
    const middle = (key: 'ours' | 'other') => `${median(warm.map((pair) => pair[key])).toFixed(0)} ms`
    const row = ratioRow({
      name: 'window usable after start',
      samples: warm.map(({ ours, other }) => ours / other),
      goal: 1.3,
      note: `until the PCs are listed and "Look" can be pressed, ${middle('ours')}; an empty window of Electron ${testElectron('linux').version}, ${middle('other')}`,
    })
    return [row, ...(await benchPage())]
  } finally {
    stage.remove()
  }
}

async function startOurs(stage: Stage): Promise<number> {
  const begun = performance.now()
  const running = await launch(stage)
  await running.page.waitForSelector('.actions .button-primary:not([disabled])')
  const time = performance.now() - begun
  await running.close()
  return time
}

async function startEmpty(stage: Stage, app: string): Promise<number> {
  const { program } = testElectron('linux')
  const begun = performance.now()
  const running = await drive({
    executablePath: program,
    args: ['--no-sandbox', app],
    env: environment(stage),
  })
  await running.page.waitForSelector('h1')
  const time = performance.now() - begun
  await running.close()
  return time
}

/** The least that shows something. */
function emptyApp(folder: string): string {
  const app = join(folder, 'empty-window')
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty-window', main: 'main.cjs' }))
  writeFileSync(join(app, 'index.html'), '<!doctype html><h1>Empty</h1>')
  writeFileSync(
    join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron')
     app.whenReady().then(() => {
       const window = new BrowserWindow({ width: 1100, height: 760, show: false, webPreferences: { sandbox: true } })
       window.once('ready-to-show', () => window.show())
       return window.loadFile('index.html')
     })`,
  )
  return app
}
