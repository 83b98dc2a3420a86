import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'

/** What a Windows program left when it ended. */
export interface WindowsRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

const limitMs = 300_000

/** How Windows sees a file of this computer. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`
}

/**
 * Runs a Windows program to its end. Its output goes to files: under wine, Node for Windows cannot write to the pipes
 * and sockets of Linux. A missing wine fails with the name of its package.
 */
export function runWindows(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): WindowsRun {
  return withOutputFiles((files, read) => {
    const options = { env: wineEnvironment(winePrefix(), env), stdio: ['ignore', ...files], timeout: limitMs }
    const run = spawnSync('wine', [program, ...args], options as Parameters<typeof spawnSync>[2])
    if (run.error !== undefined) throw run.error
    return { status: run.status, ...read() }
  })
}

/** Starts a Windows program that goes on running; what it prints is lost. */
export function startWindows(program: string, args: readonly string[]): ChildProcess {
  return spawn('wine', [program, ...args], { env: wineEnvironment(winePrefix()), stdio: 'ignore' })
}

/** A Windows 10 of wine's making, prepared once and kept in the cache. */
function winePrefix(): string {
  const version = prepare('wine', ['--version'], wineEnvironment('/nonexistent')).trim()
  const prefix = join(cacheFolder(), 'wine', version.replaceAll(/[^\w.-]/g, '_'))
  if (existsSync(join(prefix, 'ready'))) return prefix
  const work = `${prefix}.${process.pid}`
  mkdirSync(work, { recursive: true })
  prepare('xvfb-run', ['-a', 'wineboot', '-i'], wineEnvironment(work))
  prepare('xvfb-run', ['-a', 'sh', '-c', 'wine winecfg /v win10 && wineserver -w'], wineEnvironment(work))
  writeFileSync(join(work, 'ready'), '')
  rmSync(prefix, { recursive: true, force: true })
  renameSync(work, prefix)
  return prefix
}

function prepare(program: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const run = spawnSync(program, args, { env, encoding: 'utf8', timeout: limitMs })
  if (run.error !== undefined)
    throw new Error(`${program} is missing: Debian packages wine, wine64, xvfb and xauth`, {
      cause: run.error,
    })
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${run.status}\n${run.stderr}`)
  return run.stdout
}

/** The same Windows with the fonts that programs with windows ask for. */
export function winePrefixWithFonts(): string {
  const plain = winePrefix()
  const prefix = `${plain}-fonts`
  if (existsSync(join(prefix, 'ready'))) return prefix
  const work = `${prefix}.${process.pid}`
  rmSync(work, { recursive: true, force: true })
  prepare('cp', ['-a', plain, work], process.env)
  rmSync(join(work, 'ready'))
  const registry = join(work, 'fonts.reg')
  const script = join(import.meta.dirname, 'fonts.py')
  const python = join(cacheFolder(), 'tools/python/bin/python')
  prepare(python, [script, join(work, 'drive_c/windows/Fonts'), registry], process.env)
  const known = `wine regedit /S '${windowsPath(registry)}' && wineserver -w`
  prepare('xvfb-run', ['-a', 'sh', '-c', known], wineEnvironment(work))
  writeFileSync(join(work, 'ready'), '')
  rmSync(prefix, { recursive: true, force: true })
  renameSync(work, prefix)
  return prefix
}

/** UTF-8, so that arguments arrive as they were given; no display, no offers to install Mono or a browser. */
export function wineEnvironment(
  prefix: string,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const wine = { WINEPREFIX: prefix, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml=' }
  return { ...process.env, DISPLAY: '', ...wine, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...more }
}

function withOutputFiles<T>(
  use: (files: readonly number[], read: () => { stdout: string; stderr: string }) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'berth-wine-'))
  const paths = ['stdout', 'stderr'].map((name) => join(folder, name))
  const files = paths.map((path) => openSync(path, 'w'))
  try {
    return use(files, () => {
      const [stdout = '', stderr = ''] = paths.map((path) => readFileSync(path, 'utf8'))
      return { stdout, stderr }
    })
  } finally {
    for (const file of files) closeSync(file)
    rmSync(folder, { recursive: true, force: true })
  }
}
