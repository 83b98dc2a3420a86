/* npm run demo: builds the program and lets it show the whole job on a practice PC, unattended. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './build/bundle.ts'
import { buildEngine } from './start/build-engine.ts'

await buildEngine()
const { status } = spawnSync(join(root, 'dist/berth'), ['demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(status ?? 1)
