import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import { openPracticePc } from '../../../installer-core/adapters/disk-image/open-practice-pc.ts'
import { expectOk } from '../../../installer-core/base/result.ts'
import { bootVariable } from '../../../installer-core/steps/variables.ts'

/** The program with data of its own: a system to install, and no practice PC yet. */
export interface Place {
  /** Where a program finds this place: BERTH_DATA, BERTH_RELEASES, BERTH_KEYS. */
  readonly env: Readonly<Record<string, string>>
  makePractice(name: string, template: string): void
  /** Whether there is a practice PC of that name. */
  has(name: string): boolean
  /** Takes Berth's boot entry out of a practice PC's firmware, as some updates do. */
  loseEntry(name: string): Promise<void>
  /** What the command line says about a practice PC. */
  status(name: string): { readonly state: string; readonly entry: number | null }
  /** Starts browser mode. @throws when it prints no address. */
  serve(): Promise<Serving>
  remove(): void
}

/** The program in browser mode. */
export interface Serving {
  /** With the token that works once. */
  readonly address: string
  readonly origin: string
  /** Ends it, as a crash when asked so. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** `releases`: a folder with other systems than the one for all. @throws when a command that it runs fails. */
export function makePlace(releases: string = inject('releases')): Place {
  const berth = inject('berth')
  const data = mkdtempSync(join(tmpdir(), 'berth-place-'))
  const own = { BERTH_DATA: data, BERTH_RELEASES: releases, BERTH_KEYS: inject('keys') }
  const env = { ...process.env, ...own }
  const run = (...args: string[]) =>
    execFileSync(berth, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const folder = (name: string) => join(data, 'practice', name)
  const status = (name: string) => {
    // Its exit code tells how the PC is (3: something to mind, 6: interrupted); so does the document.
    const { stdout } = spawnSync(berth, ['status', '--pc', folder(name), '--json'], { env, encoding: 'utf8' })
    return JSON.parse(stdout) as ReturnType<Place['status']>
  }
  return {
    env: own,
    makePractice: (name, template) => void run('practice', 'new', folder(name), '--like', template),
    has: (name) => existsSync(folder(name)),
    loseEntry: async (name) => {
      const { entry } = status(name)
      if (entry === null) throw new Error('There is no entry to lose')
      const pc = expectOk(await openPracticePc(folder(name), { access: 'write' }))
      expectOk(await pc.platform.firmware.delete(bootVariable(entry)))
      await pc.close()
    },
    status,
    serve: () => serve(spawn(berth, ['serve', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] })),
    remove: () => rmSync(data, { recursive: true, force: true }),
  }
}

async function serve(server: ChildProcess): Promise<Serving> {
  let wanted = false
  const ended = new Promise<void>((resolve, reject) =>
    server.once('exit', (code, signal) => {
      if (wanted) resolve()
      else reject(new Error(`berth serve ended by itself with ${String(code ?? signal)}`))
    }),
  )
  // Whoever ends it hears of it.
  ended.catch(() => undefined)
  const address = await printedAddress(server)
  return {
    address,
    origin: new URL(address).origin,
    end: async (signal = 'SIGTERM') => {
      wanted = true
      server.kill(signal)
      await ended
    },
  }
}

/** The address that works once, in a line that `berth serve` printed. */
export function addressIn(line: string): string | null {
  return /http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]+/.exec(line)?.[0] ?? null
}

function printedAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('berth serve printed no address')), 20_000)
    server.once('exit', (code) => reject(new Error(`berth serve ended with ${String(code)}`)))
    if (server.stdout === null) return reject(new Error('berth serve has no output'))
    createInterface(server.stdout).on('line', (line) => {
      const found = addressIn(line)
      if (found === null) return
      clearTimeout(late)
      resolve(found)
    })
  })
}
