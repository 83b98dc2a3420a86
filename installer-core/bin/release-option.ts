import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import type { Result } from '../base/result.ts'
import type { OpenRelease } from '../ports/release-source.ts'

/** The option that says what to install. */
export function addReleaseOption(command: Command): Command {
  return command.requiredOption(
    '--release <folder or id>',
    'the release: its folder, or its id when it lies in the cache',
  )
}

/** Opens a release by folder, or by id from the cache, with its signature verified. */
export function openRelease(name: string): Promise<Result<OpenRelease>> {
  const inCache = join(process.env['BERTH_RELEASES'] ?? join(homedir(), '.cache/berth/releases'), name)
  return openReleaseFolder(!existsSync(name) && /^[a-z0-9][a-z0-9._-]*$/.test(name) ? inCache : name)
}
