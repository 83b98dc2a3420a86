import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildEngine } from '../../../scripts/start/build-engine.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The program, built from the sources as they are. */
    readonly berth: string
    /** A folder with one system to install in it. */
    readonly releases: string
    /** Where the key lies that the system is signed with. */
    readonly keys: string
  }
}

/** What every file of these tests needs and none changes, made once for all of them. */
export default async function build(project: TestProject): Promise<() => void> {
  const berth = await buildEngine()
  const folder = mkdtempSync(join(tmpdir(), 'berth-releases-'))
  const [releases, keys] = [join(folder, 'releases'), join(folder, 'keys')]
  const env = { ...process.env, BERTH_KEYS: keys }
  mkdirSync(releases)
  const release = join(releases, 'minimal-1.0.0-x86_64')
  execFileSync(berth, ['system', 'build', 'minimal', '--out', release], { env, stdio: 'ignore' })
  if (!existsSync(release)) throw new Error('There is no system to install')
  project.provide('berth', berth)
  project.provide('releases', releases)
  project.provide('keys', keys)
  return () => rmSync(folder, { recursive: true, force: true })
}
