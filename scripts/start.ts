/* npm start, npm run demo: builds the program and lets it show the whole job on a practice PC. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProgram, root } from './build/bundle.ts'
import { makeExecutable } from './build/executable.ts'

const dist = join(root, 'dist')
mkdirSync(dist, { recursive: true })
await bundleProgram(join(dist, 'berth.cjs'))
await makeExecutable('linux', join(dist, 'berth.cjs'), join(dist, 'berth'))
const { status } = spawnSync(join(dist, 'berth'), ['demo', ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(status ?? 1)
