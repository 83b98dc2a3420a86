import { join } from 'node:path'
import { build } from 'vite'
import { root } from './bundle.ts'

/** Builds the page into dist/renderer, from where every shell takes it. */
export async function buildPage(): Promise<void> {
  await build({ configFile: join(root, 'renderer/vite.config.ts'), logLevel: 'warn' })
}
