import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { buildPc } from '../../installer-core/practice/build/build-pc.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { pcTemplates } from '../../installer-core/practice/templates/pc-templates.ts'
import { identitiesOf } from '../../installer-core/practice/templates/seeded-guid.ts'
import { developmentSigner } from '../../installer-core/system/release-signer.ts'
import { makeCutTestRelease } from '../../installer-core/system/testing/cut-test-release.ts'
import { bundleProgram, root } from '../../scripts/build/bundle.ts'
import { makeExecutable } from '../../scripts/build/executable.ts'
import { runWindows, windowsPath } from './wine.ts'

const dist = join(root, 'dist')

/** What a command printed as data, line by line, and its exit code. */
export interface Answer {
  readonly status: number | null
  readonly documents: readonly Document[]
  readonly stderr: string
}
export type Document = Readonly<Record<string, unknown>>

/** A practice PC and a release in a folder whose name is hard on programs, and Berth for both systems to use them. */
export interface WindowsCase {
  readonly pc: string
  /** Berth for Windows, under wine. Paths of this computer become paths of Windows. */
  onWindows(args: readonly string[], env?: Readonly<Record<string, string>>): Answer
  onLinux(args: readonly string[]): Answer
  /** Another PC, equal to the first as it was made. */
  copyPc(name: string): string
  remove(): void
}

/** Builds the executables when they are older than the sources, and makes the case. */
export async function makeWindowsCase(): Promise<WindowsCase> {
  mkdirSync(dist, { recursive: true })
  await bundleProgram(join(dist, 'berth.cjs'))
  await makeExecutable('windows', join(dist, 'berth.cjs'), join(dist, 'berth.exe'))
  const folder = mkdtempSync(join(tmpdir(), 'berth windows – Büro 写真 мой '))
  const [keys, pristine, pc, release] = ['keys', 'pristine', 'my pc', 'the release'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  const signer = expectOk(await developmentSigner(join(keys, 'dev-key.pem')))
  await makeCutTestRelease(release, { signer })
  const design = pcTemplates['windows-gap']({ identities: identitiesOf('wine'), systemdBoot: null })
  expectOk(await buildPc(pristine, design, expectOk(findFirmware()).variables))
  const copyPc = (name: string) => {
    const copy = join(folder, name)
    mkdirSync(copy)
    const copied = spawnSync('cp', ['-r', '--sparse=always', `${pristine}/.`, copy])
    if (copied.status !== 0) throw new Error(String(copied.stderr))
    return copy
  }
  copyPc('my pc')
  const shared = (args: readonly string[]) => [...args, '--json']
  return {
    pc,
    copyPc,
    onWindows(args, env = {}) {
      const given = shared(args).map((arg) => (arg.startsWith('/') ? windowsPath(arg) : arg))
      return answer(runWindows(join(dist, 'berth.exe'), given, { BERTH_KEYS: windowsPath(keys), ...env }))
    },
    onLinux(args) {
      const env = { ...process.env, BERTH_KEYS: keys }
      const run = spawnSync(process.execPath, [join(dist, 'berth.cjs'), ...shared(args)], {
        env,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      return answer(run)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function answer(run: { status: number | null; stdout: string; stderr: string }): Answer {
  const documents = run.stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Document)
  return { status: run.status, documents, stderr: run.stderr }
}
