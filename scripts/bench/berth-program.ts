import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleProgram, root } from '../build/bundle.ts'
import { makeExecutable } from '../build/executable.ts'

const dist = join(root, 'dist')
const program = join(dist, 'berth')

export interface Ran {
  /** The last document that was printed. */
  readonly document: Readonly<Record<string, unknown>>
  readonly seconds: number
  /** The most memory that the process ever held, in bytes (VmHWM). */
  readonly peakMemory: number
}

/** Makes the executable that is measured: the one that people get. */
export async function buildBerth(): Promise<void> {
  mkdirSync(dist, { recursive: true })
  await bundleProgram(join(dist, 'berth.cjs'))
  await makeExecutable('linux', join(dist, 'berth.cjs'), program)
}

/** Runs Berth with `--json`; a failure is an error with what it said. */
export async function runBerth(...args: readonly string[]): Promise<Ran> {
  const begun = performance.now()
  const child = spawn(program, [...args, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let peakMemory = 0
  const looking = setInterval(() => {
    peakMemory = Math.max(peakMemory, highWater(child.pid))
  }, 20)
  const [stdout, stderr] = [child.stdout, child.stderr].map(collect) as [() => string, () => string]
  const status = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(looking)
  if (status !== 0) throw new Error(`berth ${args.join(' ')}: exit ${String(status)}\n${stderr()}${stdout()}`)
  const line = stdout().trimEnd().split('\n').at(-1) ?? ''
  const document = JSON.parse(line) as Ran['document']
  return { document, seconds: (performance.now() - begun) / 1000, peakMemory }
}

/** Seconds that a program took; a failure is an error with what it said. */
export function timed(program: string, args: readonly string[]): number {
  const begun = performance.now()
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' }
  const run = spawnSync(program, args, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (run.error !== undefined) throw run.error
  if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${run.status}\n${run.stderr}`)
  return (performance.now() - begun) / 1000
}

function highWater(pid: number | undefined): number {
  try {
    const [, kib = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kib) * 1024
  } catch {
    return 0
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString('utf8')
}
