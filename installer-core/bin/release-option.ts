import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import {
  catalogueReleaseSource,
  joinedReleaseSource,
} from '../adapters/catalogue/catalogue-release-source.ts'
import { releasesFolder } from '../adapters/data-folder.ts'
import { folderReleaseSource } from '../adapters/release-folder/folder-release-source.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import type { Result } from '../base/result.ts'
import { releaseIdSchema } from '../model/primitives.ts'
import type { OpenRelease } from '../ports/release-source.ts'

/** The option that says what to install. */
export function addReleaseOption(command: Command): Command {
  return command.requiredOption(
    '--release <folder or id>',
    'the release: its folder, or its id when it lies in the cache or a remembered catalogue offers it',
  )
}

/** Opens a release by folder, or by id from the cache or a remembered catalogue, with its signature verified. */
export function openRelease(name: string): Promise<Result<OpenRelease>> {
  const id = releaseIdSchema.safeParse(name)
  if (existsSync(name) || !id.success) return openReleaseFolder(name)
  return joinedReleaseSource(folderReleaseSource(releasesFolder()), catalogueReleaseSource()).open(id.data)
}
