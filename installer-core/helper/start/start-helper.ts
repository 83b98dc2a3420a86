import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { isRootsOwn } from '../../adapters/roots-own.ts'
import { findProgram, startCommand, type RunningCommand } from '../../adapters/run-command.ts'
import type { SelfCommand } from '../../adapters/self-command.ts'
import { fail, ok, type Err, type Result } from '../../base/result.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import { HelperClient } from '../helper-client.ts'
import { carriedProgram, ownProgram } from './bootstrap.ts'
import { elevated, elevators, startFailure, type Asking, type Elevator } from './routes.ts'

/** Where a package puts the script that starts the helper; the polkit action names the same place. */
export const installedHelper = '/usr/lib/berth/berth-helper'

export interface StartOptions {
  /** This program: what is carried along, or what root starts. */
  readonly self: SelfCommand
  /** The user this process runs as. */
  readonly uid: number
  readonly asking: Asking
  /** How long a person may take to answer, in milliseconds. */
  readonly limitMs: number
  /** Where a package put its helper; tests name another place. */
  readonly installed?: string
  readonly elevators?: readonly Elevator[]
}

/** What root runs, and what is sent to it first. */
interface Inner {
  readonly args: readonly string[]
  readonly payload: string | null
}

/**
 * Starts the helper and waits until it is there. Root starts it by itself; everybody else is asked once, by the first of
 * pkexec, run0 and sudo that works here. `elevation-denied`, `-timed-out`, `-no-agent`, `-unavailable`, `helper-altered`.
 */
export async function startHelper(options: StartOptions): Promise<Result<HelperClient>> {
  if (options.uid === 0) {
    const args = ownProgram([options.self.program, ...options.self.args])
    return attempt(args, null, null, options.limitMs).then((started) => started ?? unavailable())
  }
  const inner = await innerOf(options)
  if (!inner.ok) return inner
  for (const by of options.elevators ?? elevators) {
    if (!findProgram(by).ok) continue
    const args = elevated(by, inner.value.args, options.asking)
    const started = await attempt(args, by, inner.value.payload, options.limitMs)
    if (started !== null) return started
  }
  return unavailable()
}

/** The installed helper when there is one that is root's own, which only chooses the way; else this executable, carried along. */
async function innerOf({ self, installed = installedHelper }: StartOptions): Promise<Result<Inner>> {
  if (isRootsOwn(installed)) return ok({ args: [installed], payload: null })
  // A script and its folder cannot be carried: only the single executable is one file with one hash.
  if (self.args.length > 0) return fail('unsupported', { what: 'full rights', where: 'sources' })
  const hash = createHash('sha256')
  await pipeline(createReadStream(self.program), hash)
  return ok({
    args: carriedProgram(hash.digest('hex'), statSync(self.program).size),
    payload: self.program,
  })
}

/** Null: this way does not exist here, another one may. */
async function attempt(
  [program = '', ...args]: readonly string[],
  by: Elevator | null,
  payload: string | null,
  limitMs: number,
): Promise<Result<HelperClient> | null> {
  const started = startCommand({ program, args, cwd: '/' })
  if (!started.ok) return started
  const said = tailOf(started.value)
  const client = new HelperClient(streamTransport(started.value.stdout, started.value.stdin))
  // Not ended: requests come on the same stream.
  if (payload !== null)
    pipeline(createReadStream(payload), started.value.stdin, { end: false }).catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs)
  })
  const ready = await Promise.race([client.ready, late])
  clearTimeout(timer)
  if (ready === 'late') return giveUp(client, started.value, limitMs)
  if (ready.ok) return ok(client)
  const end = await started.value.ended
  return startFailure(by, { ...end, said: said() })
}

function giveUp(client: HelperClient, running: RunningCommand, limitMs: number): Err {
  client.close()
  running.kill('SIGTERM')
  return fail('elevation-timed-out', { required: Math.round(limitMs / 1000) })
}

function tailOf({ stderr }: RunningCommand): () => string {
  let tail = ''
  stderr.on('data', (piece: Buffer) => (tail = (tail + piece.toString('utf8')).slice(-4000)))
  return () => tail
}

function unavailable(): Err {
  return fail('elevation-unavailable')
}
