import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildEngine } from '../../../scripts/start/build-engine.ts'

/** The program in browser mode, with data and releases of its own. */
export interface Serving {
  /** With the token that works once. */
  readonly address: string
  readonly origin: string
  /** What the command line says about a practice PC. */
  status(practicePc: string): { readonly state: string }
  stop(): Promise<void>
}

/** Builds the program and a system to install, and starts `berth serve`. @throws when it prints no address. */
export async function startServing(): Promise<Serving> {
  const berth = await buildEngine()
  const base = mkdtempSync(join(tmpdir(), 'berth-serving-'))
  const data = join(base, 'data')
  const releases = join(base, 'releases')
  mkdirSync(releases)
  execFileSync(berth, ['system', 'build', 'minimal', '--out', join(releases, 'minimal-1.0.0-x86_64')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const env = { ...process.env, BERTH_DATA: data, BERTH_RELEASES: releases }
  const server = spawn(berth, ['serve', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await printedAddress(server)
  return {
    address,
    origin: new URL(address).origin,
    status: (practicePc) => {
      const folder = join(data, 'practice', practicePc)
      const out = execFileSync(berth, ['status', '--pc', folder, '--json'], { env, encoding: 'utf8' })
      return JSON.parse(out) as { readonly state: string }
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      if (server.exitCode === null && server.kill()) await ended
      rmSync(base, { recursive: true, force: true })
    },
  }
}

function printedAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('berth serve printed no address')), 20_000)
    server.once('exit', (code) => reject(new Error(`berth serve ended with ${String(code)}`)))
    if (server.stdout === null) return reject(new Error('berth serve has no output'))
    createInterface(server.stdout).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]+/.exec(line)
      if (found === null) return
      clearTimeout(late)
      resolve(found[0])
    })
  })
}
