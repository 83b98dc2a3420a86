import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../adapters/cache-folder.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { ok, type Result } from '../../base/result.ts'
import { withLock } from '../folder-lock.ts'
import type { FetchOptions } from '../debian-packages.ts'
import type { PackageSet } from './desktop-packages.ts'
import { writeRecipe } from './desktop-files.ts'
import type { DesktopVariant } from './desktop-variants.ts'
import { installPackages, quoted } from './install-packages.ts'

/** What the image builder leaves: files of one folder, each as `assets/system/desktop/build/finish` names them. */
export interface BuiltRoot {
  readonly folder: string
}

/** What one image is made of. */
export interface RootOrder {
  /** Names this image in the cache; equal keys give equal bytes. */
  readonly key: string
  readonly variant: DesktopVariant
  readonly packages: PackageSet
  /** `/etc/berth-release`, `/usr/lib/os-release`: what the image says of itself. */
  readonly identity: Readonly<Record<string, string>>
}

/** On two busy processors. */
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
    const scratch = await mkdtemp(join(cache, 'new-'))
    try {
      const installed = await installPackages(order, cache, scratch, options)
      if (!installed.ok) return installed
      options.onProgress?.('making the root image')
      const made = await finish(order, scratch, installed.value)
      if (!made.ok) return made
      await rename(join(scratch, 'out'), folder)
      return ok({ folder })
    } finally {
      // What cannot be removed (a builder that was stopped leaves mounts) must not hide why.
      await rm(scratch, { recursive: true, force: true }).catch(() => undefined)
    }
  })
}

/** The recipe's own half: its files, and `finish` over the packages that were installed. */
async function finish(order: RootOrder, scratch: string, installed: string): Promise<Result<void>> {
  const work = join(scratch, 'berth-build')
  await mkdir(join(scratch, 'out'))
  await writeRecipe(order.variant, work)
  await writeFile(join(work, 'recipe-digest'), `${order.key}\n`)
  for (const [path, text] of Object.entries(order.identity)) await writeFile(join(work, path), text)
  const built = await runCommand({
    program: 'mmdebstrap',
    args: arguments_(order, scratch, installed),
    env: { TMPDIR: scratch },
    timeoutMs: limitMs,
  })
  return built.ok ? ok(undefined) : built
}

function arguments_({ packages }: RootOrder, scratch: string, installed: string): readonly string[] {
  return [
    ...['--variant=custom', '--format=null', '--mode=auto', '--skip=update', '--skip=cleanup'],
    `--setup-hook=tar-in ${quoted(installed)} /`,
    `--customize-hook=sync-in ${quoted(join(scratch, 'berth-build'))} /berth-build`,
    `--customize-hook=${finishHook}`,
    ...products.map(
      (name) => `--customize-hook=download /berth-build/out/${name} ${quoted(join(scratch, 'out', name))}`,
    ),
    'trixie',
    '/dev/null',
    ...packages.sources,
  ]
}

/** A file that the image builder left. */
export async function productOf({ folder }: BuiltRoot, name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(folder, name)))
}
