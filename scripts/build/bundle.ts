import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

export const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

/** Files the program reads at run time, by the name it asks for them: everything in assets/, and the FAT module. */
export function assetFiles(): Record<string, string> {
  const names = readdirSync(join(root, 'assets'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const assets = Object.fromEntries(names.map((path) => [relative(join(root, 'assets'), path), path]))
  return { ...assets, 'fatfs.wasm': require.resolve('js-fatfs').replace(/fatfs\.js$/, 'fatfs.wasm') }
}

/** The whole program as one CommonJS file, which is what a single executable takes. */
export async function bundleProgram(outfile: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  await build({
    entryPoints: [join(root, 'installer-core/bin/berth.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
    legalComments: 'none',
    banner: { js: "const berthProgramUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { 'import.meta.url': 'berthProgramUrl', BERTH_VERSION: JSON.stringify(version) },
  })
}
