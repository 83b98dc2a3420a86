/* npm run build [-- --windows]: the page, dist/berth.cjs, and the single executable dist/berth (dist/berth.exe). */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProgram, root } from './build/bundle.ts'
import { makeExecutable } from './build/executable.ts'
import { buildPage } from './build/page.ts'

const dist = join(root, 'dist')
mkdirSync(dist, { recursive: true })
await buildPage()
const program = join(dist, 'berth.cjs')
await bundleProgram(program)
await makeExecutable('linux', program, join(dist, 'berth'))
if (process.argv.includes('--windows')) await makeExecutable('windows', program, join(dist, 'berth.exe'))
