import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../build/bundle.ts'

/** The syntax each runtime takes. The old one is Electron 9: Node 12, Chromium 83. */
const targets = { old: ['node12', 'chrome83'], current: ['node22', 'chrome140'] }

/**
 * Lays out what Electron runs in `folder`: main and preload as CommonJS, the page, the icon, and the package.json that
 * names them.
 */
export async function bundleShell(
  folder: string,
  { old, page }: { readonly old: boolean; readonly page: string },
): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await build({
    entryPoints: {
      main: join(root, 'electron/main/main.ts'),
      preload: join(root, 'electron/preload/preload.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['electron'],
    target: old ? targets.old : targets.current,
    logLevel: 'warning',
    legalComments: 'none',
  })
  cpSync(page, join(folder, 'page'), {
    recursive: true,
    filter: (file) => !basename(file).startsWith('stories'),
  })
  cpSync(join(root, 'assets/icons/berth.png'), join(folder, 'icon.png'))
  const { version, description, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>
  const manifest = { name: 'berth', productName: 'Berth', version, description, license, main: 'main.cjs' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}
