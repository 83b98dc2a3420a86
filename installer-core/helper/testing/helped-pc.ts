import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callersFolders } from '../../adapters/data-folder.ts'
import { MiB, bytes } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import { madePc } from '../../practice/testing/made-pcs.ts'
import type { TemplateName } from '../../practice/templates/pc-templates.ts'
import { makeCutTestRelease } from '../../system/testing/cut-test-release.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import { HelperClient } from '../helper-client.ts'
import { RemoteInstaller } from '../remote-installer.ts'

export const choices = {
  schema: 'berth/choices/1',
  spaceFrom: { kind: 'automatic' },
  bootPartitionType: 'xbootldr',
  defaultSystem: 'present',
  bootSpace: bytes(128 * MiB),
} as const
export const release = 'cut-test-1.0.0-x86_64' as ReleaseId

/** A practice PC for one test, a home with releases beside it, and helpers for it. */
export interface HelpedPc {
  readonly folder: string
  readonly pc: string
  /** Where the caller has a cache. */
  readonly home: string
  readonly releases: string
  /** How many changes the adapter below the helpers has made so far. */
  changes(): number
  /** What of the disk and the firmware's variables changes with any write to them. */
  marks(): string
  /** Resolves when the helper that was started last is gone, whoever started it. */
  helperGone(): Promise<void>
  /** The command that starts a helper for this PC. */
  readonly command: { readonly program: string; readonly args: readonly string[] }
  start(env?: Readonly<Record<string, string>>): HelperProcess
  remove(): void
}

/** A helper as a process of its own that can be killed. */
export interface HelperProcess {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly exit: number | null; readonly signal: string | null }>
  /** Everything that it said on standard error. */
  said(): string
  /** Speaks with it; for one use. */
  client(): HelperClient
  installer(): RemoteInstaller
}

export async function helpedPc(like: TemplateName = 'windows-gap'): Promise<HelpedPc> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-helper-'))
  const [pc, home, changes] = ['pc', 'home', 'changes'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const { releases } = callersFolders(home)
  // Its holes stay holes.
  execFileSync('cp', ['-a', '--sparse=always', await madePc(like), pc])
  await makeCutTestRelease(join(releases, release), { size: MiB })
  return {
    folder,
    pc,
    home,
    releases,
    changes: () => (existsSync(changes) ? statSync(changes).size : 0),
    marks: () =>
      ['disk0.img', 'firmware.fd']
        .map((name) => statSync(join(pc, name), { bigint: true }))
        // Not how many blocks the file takes: its file system gives it one more when it gets round to it.
        .map(({ mtimeNs, ctimeNs }) => `${mtimeNs} ${ctimeNs}`)
        .join(' '),
    helperGone: async () => {
      const pid = readFileSync(`${changes}.pid`, 'utf8')
      while (existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 50))
    },
    command: { program: practiceHelper.program, args: [...practiceHelper.args, pc, home, changes] },
    start: (env = {}) => startProcess([pc, home, changes], env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The command that starts the helper of these tests; its arguments are the PC, the caller's home and the file of changes. */
export const practiceHelper = {
  program: process.execPath,
  args: [
    '--import',
    join(import.meta.dirname, '../../../node_modules/tsx/dist/esm/index.mjs'),
    join(import.meta.dirname, 'practice-helper-process.ts'),
  ],
} as const

function startProcess(args: readonly string[], env: Readonly<Record<string, string>>): HelperProcess {
  const child = spawn(practiceHelper.program, [...practiceHelper.args, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  const ended = new Promise<{ exit: number | null; signal: string | null }>((resolve) =>
    child.on('exit', (exit, signal) => resolve({ exit, signal })),
  )
  const client = () => new HelperClient(streamTransport(child.stdout, child.stdin))
  return { child, ended, said: () => said, client, installer: () => new RemoteInstaller(client()) }
}

/** The value of something that did not fail. */
export const value = expectOk
