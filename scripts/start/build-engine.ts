import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProgram, root } from '../build/bundle.ts'
import { makeExecutable } from '../build/executable.ts'
import { buildPage } from '../build/page.ts'

/** Builds the page and the one executable, dist/berth, that holds it; gives its path. */
export async function buildEngine(): Promise<string> {
  const dist = join(root, 'dist')
  mkdirSync(dist, { recursive: true })
  await buildPage()
  await bundleProgram(join(dist, 'berth.cjs'))
  await makeExecutable('linux', join(dist, 'berth.cjs'), join(dist, 'berth'))
  return join(dist, 'berth')
}
