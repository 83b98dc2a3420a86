import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from '../../adapters/cache-folder.ts'
import { ok, type Result } from '../../base/result.ts'
import { openAptFolder, type AptFolder } from '../apt-folder.ts'
import { withLock } from '../folder-lock.ts'
import { refreshLists, type FetchOptions } from '../debian-packages.ts'

/** Which packages a build takes, in which versions, and from which state of the archive. */
export interface PackageSet {
  /** Names that were asked for; the others come along because these depend on them. */
  readonly asked: readonly string[]
  /** `name=version`, sorted. */
  readonly packages: readonly string[]
  /** SHA-256 of the archive's signed `InRelease` files, by suite. */
  readonly archive: Readonly<Record<string, string>>
  /** One-line sources (sources.list(5)) that the packages come from. */
  readonly sources: readonly string[]
}

const components = ['main', 'non-free-firmware']

/**
 * What apt would install for `wanted` into an empty system, from the archive as it is now (lists of today): the image's
 * identity without building it. `tool-failed` when a package is not there.
 */
export async function resolvePackages(
  wanted: readonly string[],
  options: FetchOptions,
): Promise<Result<PackageSet>> {
  const folder = join(options.cacheFolder ?? cacheFolder(), 'debian')
  return withLock(join(folder, 'lock'), async () => {
    const apt = await openAptFolder(join(folder, 'apt-desktop'), components)
    if (!apt.ok) return apt
    const fresh = await refreshLists(apt.value, options)
    if (!fresh.ok) return fresh
    const args = ['install', '--simulate', '--no-install-recommends', '-q', ...wanted]
    const simulated = await apt.value.run('apt-get', args)
    if (!simulated.ok) return simulated
    const found = simulated.value.stdout.matchAll(/^Inst (\S+) \((\S+) /gm)
    const packages = [...found]
      .map(([, name = '', version = '']) => `${name.split(':')[0]}=${version}`)
      .sort()
    return ok({ asked: wanted, packages, archive: await archiveState(apt.value), sources: apt.value.sources })
  })
}

async function archiveState({ folder }: AptFolder): Promise<Readonly<Record<string, string>>> {
  const lists = join(folder, 'var/lib/apt/lists')
  const names = (await readdir(lists)).filter((name) => name.endsWith('_InRelease')).sort()
  const states = names.map(async (name) => {
    const data = await readFile(join(lists, name))
    const suite = name.replace(/^.*_dists_/, '').replace(/_InRelease$/, '')
    return [suite, createHash('sha256').update(data).digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(states))
}
