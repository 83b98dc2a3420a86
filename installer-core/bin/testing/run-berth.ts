import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** A way to start the program: from its sources, or as the single executable that `npm run build` makes. */
export interface Face {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
}

export const faces: readonly Face[] = [
  {
    name: 'sources',
    program: process.execPath,
    args: [
      '--import',
      join(root, 'node_modules/tsx/dist/esm/index.mjs'),
      join(root, 'installer-core/bin/berth.ts'),
    ],
  },
  { name: 'executable', program: join(root, 'dist/berth'), args: [] },
]

/** What a run of the program gave. */
export interface Answer {
  /** Null when a signal ended it. */
  readonly exit: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
  /** Standard output as JSON, line by line. */
  readonly documents: () => readonly Record<string, unknown>[]
  /** The last of them. */
  readonly document: () => Record<string, unknown>
}

export interface RunBerth {
  readonly env?: Readonly<Record<string, string>>
  /** Called with everything said so far, whenever something was said. */
  readonly onOutput?: (text: string, stop: (signal: NodeJS.Signals) => void) => void
}

/** Runs the program to its end without a terminal. */
export async function runBerth(face: Face, args: readonly string[], options: RunBerth = {}): Promise<Answer> {
  if (!existsSync(face.program)) throw new Error(`${face.program} is missing: run "npm run build" first`)
  const child = spawn(face.program, [...face.args, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  const listen = (stream: 'out' | 'err') => (chunk: Buffer) => {
    said[stream] += chunk.toString()
    options.onOutput?.(said.out + said.err, (signal) => void child.kill(signal))
  }
  child.stdout.on('data', listen('out'))
  child.stderr.on('data', listen('err'))
  const ended = await new Promise<{ exit: number | null; signal: string | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit, signal) => resolve({ exit, signal }))
  })
  const documents = () =>
    said.out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { ...ended, ...said, documents, document: () => documents().at(-1) ?? {} }
}
