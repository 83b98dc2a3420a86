import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readAsset } from '../../adapters/assets.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { ok, type Result } from '../../base/result.ts'
import type { FetchOptions } from '../debian-packages.ts'
import type { PackageSet } from './desktop-packages.ts'
import type { DesktopVariant } from './desktop-variants.ts'

/** On two busy processors, packages not yet downloaded. */
const limitMs = 3_600_000
/** Nobody reads these in the system, and what installs from packages puts them back into no image. */
const excluded = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/help/*',
  '/usr/share/info/*',
  '/usr/share/gtk-doc/*',
]
const scripts = ['give-packages', 'keep-packages']

/**
 * Debian's packages installed into an empty root, as one archive in `cache`, and nothing of Berth's: the slow half of a
 * build, which most changes to the recipe leave alone. Of each desktop only the newest archive is kept (2.9 GB).
 * `tool-missing` without mmdebstrap; `tool-failed` with its last lines.
 */
export async function installPackages(
  { variant, packages: set }: { readonly variant: DesktopVariant; readonly packages: PackageSet },
  cache: string,
  scratch: string,
  { onProgress }: FetchOptions,
): Promise<Result<string>> {
  const archive = join(cache, `${archivePrefix(variant)}${keyOf(set)}.tar`)
  if (existsSync(archive)) return ok(archive)
  onProgress?.(`installing ${set.packages.length} packages into an empty root`)
  const pool = join(cache, 'pool')
  await mkdir(pool, { recursive: true })
  for (const script of scripts) {
    await writeFile(join(scratch, script), readAsset(`system/desktop/build/${script}`))
    await chmod(join(scratch, script), 0o755)
  }
  const made = await runCommand({
    program: 'mmdebstrap',
    args: arguments_(set, pool, scratch),
    // Three gigabytes of files, and hard links to the packages: not in /tmp, which may be in memory.
    env: { TMPDIR: scratch },
    timeoutMs: limitMs,
  })
  if (!made.ok) return made
  for (const old of olderArchives(await readdir(cache), variant)) await rm(join(cache, old))
  await rename(join(scratch, 'packages.tar'), archive)
  return ok(archive)
}

function archivePrefix({ folder }: DesktopVariant): string {
  return folder === null ? 'packages-' : `packages-${folder}-`
}

/** Archives of this desktop among the cache's files; those of the others stay. */
export function olderArchives(names: readonly string[], variant: DesktopVariant): readonly string[] {
  const prefix = archivePrefix(variant)
  return names.filter(
    (name) => name.startsWith(prefix) && /^[0-9a-f]{32}\.tar$/.test(name.slice(prefix.length)),
  )
}

function keyOf({ asked, packages }: PackageSet): string {
  const hash = createHash('sha256').update(JSON.stringify([asked, packages, excluded]))
  for (const script of scripts) hash.update(readAsset(`system/desktop/build/${script}`))
  return hash.digest('hex').slice(0, 32)
}

function arguments_({ asked, sources }: PackageSet, pool: string, scratch: string): readonly string[] {
  return [
    // All at once: `essential` first and apt for the rest was tried once and ended in an error that nobody explained.
    ...['--variant=custom', '--format=tar', '--mode=auto', `--include=${asked.join(',')}`],
    ...['--aptopt=APT::Install-Recommends "false"', '--dpkgopt=force-unsafe-io'],
    ...excluded.map((path) => `--dpkgopt=path-exclude=${path}`),
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
    // Packages are kept for the next build; apt checks each against the archive's signed index again.
    `--setup-hook=${quoted(join(scratch, 'give-packages'))} "$1" ${quoted(pool)}`,
    ...['--skip=download/empty', '--skip=essential/unlink'],
    `--customize-hook=${quoted(join(scratch, 'keep-packages'))} "$1" ${quoted(pool)}`,
    'trixie',
    join(scratch, 'packages.tar'),
    ...sources,
  ]
}

/** A path as one word of a hook: mmdebstrap reads them as a shell does. */
export function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`
}
