import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { callersReleasesFolder } from '../adapters/data-folder.ts'
import { openReleaseFile } from '../adapters/release-folder/open-file.ts'
import { releaseFileSchema } from '../model/release.ts'
import { releaseIdSchema } from '../model/primitives.ts'

/** How the reader ends; the helper turns it into a failure again. */
export const readerExit = { done: 0, failed: 1, usage: 2, absent: 3, altered: 4 } as const

/**
 * Writes one file of a release in this user's cache to `out`. Runs as the user who called the helper, so that root opens
 * nothing whose path somebody else could turn elsewhere. Its exit code, one of `readerExit`, is all it says.
 */
export async function readRelease(
  id: string,
  file: string,
  out: Writable,
  root: string = callersReleasesFolder(),
): Promise<number> {
  const named =
    releaseIdSchema.safeParse(id).success && releaseFileSchema.shape.source.safeParse(file).success
  if (!named || /^\.+$/.test(file) || /^\.+$/.test(id)) return readerExit.usage
  const opened = await openReleaseFile(join(root, id, file))
  if (!opened.ok) {
    const { code } = opened.failure
    if (code === 'release-incomplete') return readerExit.absent
    return code === 'release-altered' ? readerExit.altered : readerExit.failed
  }
  try {
    await pipeline(opened.value.handle.createReadStream(), out)
    return readerExit.done
  } catch {
    // The helper has what it wanted, or is gone.
    return readerExit.failed
  }
}
