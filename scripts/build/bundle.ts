import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { build } from 'esbuild'

export const root = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

/** Files the program reads at run time, by the name it asks for them: everything in assets/, the FAT module, the page. */
export function assetFiles(): Record<string, string> {
  const assets = filesIn(join(root, 'assets'), '', (name) => !name.endsWith('.md'))
  const page = filesIn(join(root, 'dist/renderer'), 'renderer/', (name) => !/(^|\/)stories/.test(name))
  return {
    ...assets,
    ...page,
    'fatfs.wasm': require.resolve('js-fatfs').replace(/fatfs\.js$/, 'fatfs.wasm'),
  }
}

/** The files of a folder by name, in order; none when it was not made yet. */
function filesIn(folder: string, prefix: string, wanted: (name: string) => boolean): Record<string, string> {
  if (!existsSync(folder)) return {}
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const named = paths.map((path) => [relative(folder, path), path] as const)
  return Object.fromEntries(
    named.filter(([name]) => wanted(name)).map(([name, path]) => [`${prefix}${name}`, path]),
  )
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
