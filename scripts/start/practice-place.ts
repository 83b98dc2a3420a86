import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataFolder, releasesFolder } from '../../installer-core/adapters/data-folder.ts'

/** The practice PC that a newcomer finds. */
export const practicePc = 'windows-pc'

/** Makes what there is to try Berth on, once: a small system to install, and a practice PC with Windows' layout. */
export function preparePractice(berth: string): void {
  const say = (text: string) => process.stderr.write(`${text}\n`)
  const run = (...args: string[]) => execFileSync(berth, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const releases = releasesFolder()
  if (!existsSync(join(releases, releaseId))) {
    say('Building a small system to install …')
    const work = mkdtempSync(join(tmpdir(), 'berth-release-'))
    run('system', 'build', 'minimal', '--out', join(work, releaseId))
    mkdirSync(releases, { recursive: true })
    cpSync(join(work, releaseId), join(releases, releaseId), { recursive: true })
    rmSync(work, { recursive: true })
  }
  const folder = join(dataFolder(), 'practice', practicePc)
  if (existsSync(join(folder, 'pc.json'))) return
  say('Making a practice PC …')
  rmSync(folder, { recursive: true, force: true })
  run('practice', 'new', folder, '--like', 'windows')
}

const releaseId = 'minimal-1.0.0-x86_64'
