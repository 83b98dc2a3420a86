/* npm run window: builds Berth and opens its window, or its page in a browser, on a practice PC that it makes. */
import { spawnSync } from 'node:child_process'
import { buildEngine } from './start/build-engine.ts'
import { findElectron, openWindow } from './start/open-window.ts'
import { practicePc, preparePractice } from './start/practice-place.ts'

const berth = await buildEngine()
preparePractice(berth)
const electron = findElectron()
if ('why' in electron) {
  process.stderr.write(`${electron.why}: going on in the browser, at this address (Ctrl+C ends it).\n`)
  process.exit(
    spawnSync(berth, ['serve', '--open', ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1,
  )
}
process.exit(await openWindow(electron, `#/pc?target=practice:${practicePc}`))
