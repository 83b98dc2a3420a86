import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import type { KeyRing } from '../../model/key-ring.ts'
import { releaseIdSchema, type ReleaseId } from '../../model/primitives.ts'
import type { ReleaseSource } from '../../ports/release-source.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { loadKeyRing } from './key-ring.ts'
import { openReleaseFolder } from './open-release-folder.ts'

/** Releases that lie in one folder, each in a folder named by its id. A folder that is absent holds none. */
export function folderReleaseSource(root: string, ring: KeyRing = loadKeyRing()): ReleaseSource {
  return {
    list: () => listIds(root),
    async open(id) {
      const opened = await openReleaseFolder(join(root, id), ring)
      if (!opened.ok || opened.value.manifest.id === id) return opened
      return fail('release-altered', { what: 'release.json', required: id, found: opened.value.manifest.id })
    },
  }
}

async function listIds(root: string): Promise<Result<readonly ReleaseId[]>> {
  try {
    const entries = await readdir(root, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    return ok(
      names.sort().flatMap((name) => {
        const id = releaseIdSchema.safeParse(name)
        return id.success ? [id.data] : []
      }),
    )
  } catch (error) {
    const failure = ioFailure(error, 'list', root)
    return failure.failure.code === 'not-found' ? ok([]) : failure
  }
}
