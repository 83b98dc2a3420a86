import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { loadAnchors } from '../adapters/catalogue/catalogue-anchors.ts'
import { catalogueFolder } from '../adapters/catalogue/catalogue-folder.ts'
import { storedReleaseFile } from '../adapters/catalogue/stored-release-file.ts'
import { callersFolders, type CallersFolders } from '../adapters/data-folder.ts'
import { openReleaseFile } from '../adapters/release-folder/open-file.ts'
import { manifestFile, signatureFile } from '../adapters/release-folder/open-release-folder.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { releaseIdSchema } from '../model/primitives.ts'
import { releaseFileSchema } from '../model/release.ts'

/** How the reader ends; the helper turns it into a failure again. */
export const readerExit = { done: 0, failed: 1, usage: 2, absent: 3, altered: 4 } as const

/**
 * Writes one file of a release in this user's cache to `out`, wherever it lies there: in a folder of its own, or among what
 * was fetched from a catalogue. Runs as the user who called the helper, so that root opens nothing whose path somebody else
 * could turn elsewhere. Its exit code, one of `readerExit`, is all it says; nothing is fetched.
 */
export async function readRelease(
  id: string,
  file: string,
  out: Writable,
  folders: CallersFolders = callersFolders(),
): Promise<number> {
  const release = releaseIdSchema.safeParse(id)
  const named = release.success && releaseFileSchema.shape.source.safeParse(file).success
  if (!named || /^\.+$/.test(file) || /^\.+$/.test(id)) return readerExit.usage
  const path = placeOf(release.data, file, folders)
  if (path === null) return readerExit.absent
  const opened = await openReleaseFile(path)
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

/** A release in a folder goes first, as where it was chosen; null: nobody has that file. */
function placeOf(id: ReleaseId, file: string, folders: CallersFolders): string | null {
  const folder = join(folders.releases, id)
  if ([manifestFile, signatureFile].some((name) => existsSync(join(folder, name)))) return join(folder, file)
  return storedReleaseFile(id, file, catalogueFolder(folders.catalogue), loadAnchors(folders.catalogueKeys))
}
