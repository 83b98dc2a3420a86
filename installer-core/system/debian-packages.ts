import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { runCommand } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { openAptFolder, type AptFolder } from './apt-folder.ts'
import { withLock } from './folder-lock.ts'

/** A package file from Debian's archive: its content is what the archive's signed index says. */
export interface DebianPackage {
  readonly name: string
  readonly version: string
  /** The .deb file. */
  readonly path: string
  readonly sha256: string
}

export interface FetchOptions {
  /** Berth's cache; the files lie in `debian/` in it. */
  readonly cacheFolder?: string
  readonly onProgress?: (message: string) => void
}

interface Candidate {
  readonly name: string
  readonly version: string
  readonly sha256: string
  readonly depends: string
}

const listsAgeMs = 24 * 60 * 60 * 1000

/**
 * Fetches packages (amd64) of the suite that Berth builds on; files that are there already are only checked. A name
 * ending in `+` stands for the package that a metapackage of that name depends on first, such as the current kernel.
 * `not-found` for an unknown package, `read-back-differs` when a file is not what the index says.
 */
export async function fetchDebianPackages(
  names: readonly string[],
  options: FetchOptions = {},
): Promise<Result<readonly DebianPackage[]>> {
  const folder = join(options.cacheFolder ?? cacheFolder(), 'debian')
  return withLock(join(folder, 'lock'), async () => {
    const apt = await openAptFolder(join(folder, 'apt'))
    if (!apt.ok) return apt
    const fresh = await refreshLists(apt.value, options)
    if (!fresh.ok) return fresh
    const packages: DebianPackage[] = []
    for (const name of names) {
      const found = await findCandidate(apt.value, name)
      if (!found.ok) return found
      const fetched = await fetchCandidate(apt.value, join(folder, 'pool'), found.value, options)
      if (!fetched.ok) return fetched
      packages.push(fetched.value)
    }
    return ok(packages)
  })
}

/** Unpacks a package's files into a folder. */
export async function unpackDebianPackage(deb: DebianPackage, folder: string): Promise<Result<void>> {
  const command = { program: 'dpkg-deb', args: ['-x', deb.path, folder], timeoutMs: 120_000 }
  const unpacked = await runCommand(command)
  return unpacked.ok ? ok(undefined) : unpacked
}

/** Lists of yesterday are good enough when newer ones cannot be had. */
export async function refreshLists(apt: AptFolder, { onProgress }: FetchOptions): Promise<Result<void>> {
  const stamp = join(apt.folder, 'lists-fetched')
  const made = existsSync(stamp) ? (await stat(stamp)).mtimeMs : null
  if (made !== null && Math.abs(Date.now() - made) < listsAgeMs) return ok(undefined)
  onProgress?.("reading Debian's package lists")
  const updated = await apt.run('apt-get', ['-q', '-o', 'APT::Update::Error-Mode=any', 'update'])
  if (updated.ok) await writeFile(stamp, '')
  return updated.ok || made !== null ? ok(undefined) : updated
}

async function findCandidate(apt: AptFolder, name: string): Promise<Result<Candidate>> {
  const isMeta = name.endsWith('+')
  const own = await showPackage(apt, isMeta ? name.slice(0, -1) : name)
  if (!own.ok || !isMeta) return own
  const [dependency = ''] = own.value.depends.split(/[\s,|(]/)
  return showPackage(apt, dependency)
}

async function showPackage(apt: AptFolder, name: string): Promise<Result<Candidate>> {
  const missing = fail('not-found', { what: `Debian package ${name}` })
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name)) return missing
  const shown = await apt.run('apt-cache', ['show', '--no-all-versions', name])
  if (!shown.ok) return shown.failure.command?.exitCode === 100 ? missing : shown
  const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(shown.value.stdout)?.[1]
  const [version, sha256] = [field('Version'), field('SHA256')]
  if (version === undefined || sha256 === undefined) return missing
  return ok({ name: field('Package') ?? name, version, sha256, depends: field('Depends') ?? '' })
}

async function fetchCandidate(
  apt: AptFolder,
  pool: string,
  { name, version, sha256 }: Candidate,
  { onProgress }: FetchOptions,
): Promise<Result<DebianPackage>> {
  const path = join(pool, `${name}_${version.replaceAll(/[^\w.+~-]/g, '_')}_${sha256.slice(0, 16)}.deb`)
  if (existsSync(path) && (await fileSha256(path)) === sha256) return ok({ name, version, path, sha256 })
  onProgress?.(`fetching ${name} ${version}`)
  await mkdir(pool, { recursive: true })
  const folder = await mkdtemp(join(pool, 'new-'))
  try {
    const got = await apt.run('apt-get', ['-q', 'download', `${name}=${version}`], folder)
    if (!got.ok) return got
    const [file = ''] = await readdir(folder)
    const found = await fileSha256(join(folder, file))
    if (found !== sha256) return fail('read-back-differs', { what: name, required: sha256, found })
    await rename(join(folder, file), path)
    return ok({ name, version, path, sha256 })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
