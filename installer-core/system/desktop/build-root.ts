import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../adapters/cache-folder.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { ok, type Result } from '../../base/result.ts'
import { withLock } from '../folder-lock.ts'
import type { FetchOptions } from '../debian-packages.ts'
import type { PackageSet } from './desktop-packages.ts'
import { recipePackages, writeRecipe } from './desktop-files.ts'

/** What the image builder leaves: files of one folder, each as `assets/system/desktop/build/finish` names them. */
export interface BuiltRoot {
  readonly folder: string
}

/** What one image is made of. */
export interface RootOrder {
  /** Names this image in the cache; equal keys give equal bytes. */
  readonly key: string
  readonly packages: PackageSet
  /** `/etc/berth-release`, `/usr/lib/os-release`: what the image says of itself. */
  readonly identity: Readonly<Record<string, string>>
}

/** On two busy processors, packages not yet downloaded. */
const limitMs = 3_600_000
/** What `finish` leaves for us. */
const products = [
  'root.erofs',
  'verity',
  'uname',
  'linux',
  'stub',
  'ucode',
  'initrd.cpio.zst',
  'packages.tsv',
  'licences.tsv',
]
/** mmdebstrap runs this with the new root as its first argument; nothing of ours is in it. */
const finishHook = 'chroot "$1" /berth-build/build/finish'

/**
 * Builds the root image and what goes into the UKI, or takes them from the cache (`desktop/KEY`). `tool-missing` without
 * mmdebstrap; `tool-failed` with the builder's last lines.
 */
export async function buildRoot(order: RootOrder, options: FetchOptions): Promise<Result<BuiltRoot>> {
  const cache = join(options.cacheFolder ?? cacheFolder(), 'desktop')
  const folder = join(cache, order.key)
  return withLock(join(cache, 'lock'), async () => {
    if (existsSync(folder)) return ok({ folder })
    options.onProgress?.(`building the desktop's root from ${order.packages.packages.length} packages`)
    const scratch = await mkdtemp(join(cache, 'new-'))
    try {
      const made = await bootstrap(order, scratch, join(cache, 'pool'))
      if (!made.ok) return made
      await rename(join(scratch, 'out'), folder)
      return ok({ folder })
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  })
}

async function bootstrap(order: RootOrder, scratch: string, pool: string): Promise<Result<void>> {
  const work = join(scratch, 'berth-build')
  await mkdir(join(scratch, 'out'))
  await mkdir(pool, { recursive: true })
  await writeRecipe(work)
  await writeFile(join(work, 'recipe-digest'), `${order.key}\n`)
  for (const [path, text] of Object.entries(order.identity)) await writeFile(join(work, path), text)
  const built = await runCommand({
    program: 'mmdebstrap',
    args: arguments_(order, scratch, pool),
    timeoutMs: limitMs,
  })
  return built.ok ? ok(undefined) : built
}

function arguments_(order: RootOrder, scratch: string, pool: string): readonly string[] {
  const work = join(scratch, 'berth-build')
  return [
    ...['--variant=custom', '--format=null', '--mode=auto', `--include=${recipePackages().join(',')}`],
    ...['--aptopt=APT::Install-Recommends "false"', '--dpkgopt=force-unsafe-io'],
    ...excluded.map((path) => `--dpkgopt=path-exclude=${path}`),
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    // Packages are kept for the next build; apt checks each against the archive's signed index again.
    ...[
      `--setup-hook=${join(work, 'build/give-packages')} "$1" ${pool}`,
      '--skip=download/empty',
      '--skip=essential/unlink',
    ],
    `--customize-hook=${join(work, 'build/keep-packages')} "$1" ${pool}`,
    `--customize-hook=sync-in ${work} /berth-build`,
    `--customize-hook=${finishHook}`,
    ...products.map(
      (name) => `--customize-hook=download /berth-build/out/${name} ${join(scratch, 'out', name)}`,
    ),
    'trixie',
    '/dev/null',
    ...order.packages.sources,
  ]
}

/** Nobody reads these in the system, and what installs from packages puts them back into no image. */
const excluded = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/help/*',
  '/usr/share/info/*',
  '/usr/share/gtk-doc/*',
]

/** A file that the image builder left. */
export async function productOf({ folder }: BuiltRoot, name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(folder, name)))
}
