/* npm start: builds Berth and opens its window, or its page in a browser, on a practice PC that it makes. */
import { spawnSync } from 'node:child_process'
import { buildEngine } from './start/build-engine.ts'
import { findElectron, openWindow } from './start/open-window.ts'
import { practicePc, preparePractice } from './start/practice-place.ts'

const berth = await buildEngine()
preparePractice(berth)
const electron = findElectron()
const opened =
  'why' in electron ? electron : await openWindow(electron, `#/welcome?target=practice:${practicePc}`)
if (typeof opened === 'number') process.exit(opened)
process.stderr.write(`${opened.why}: going on in the browser, at this address (Ctrl+C ends it).\n`)
const serving = spawnSync(berth, ['serve', '--open', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(serving.status ?? 1)
