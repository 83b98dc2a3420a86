import { join } from 'node:path'
import { build } from 'vite'
import { root } from './bundle.ts'

/**
 * Builds the page into dist/renderer, from where every shell takes it, or into another folder. It is the page that people
 * get, whoever builds it: a test runner's NODE_ENV would make it the slower one for developers.
 */
export async function buildPage(folder = join(root, 'dist/renderer')): Promise<void> {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      configFile: join(root, 'renderer/vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: folder },
    })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}
