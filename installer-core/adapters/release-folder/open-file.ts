import { constants, type Stats } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { ioFailure } from '../disk-image/io-failure.ts'

/** Windows has no such flag, and symbolic links there need rights that a download has not. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

export interface OpenedFile {
  readonly handle: FileHandle
  readonly stats: Stats
}

/**
 * Opens a regular file of a release for reading. `release-incomplete` when it is not there, `release-altered` when it is
 * a link or anything else than a file.
 */
export async function openReleaseFile(path: string): Promise<Result<OpenedFile>> {
  const file = basename(path)
  let handle: FileHandle
  try {
    handle = await open(path, constants.O_RDONLY | noFollow | constants.O_NONBLOCK)
  } catch (error) {
    const failure = ioFailure(error, 'open', path)
    if (failure.failure.code === 'not-found') return fail('release-incomplete', { what: file })
    return isLink(error) ? notAFile(file) : failure
  }
  const stats = await handle.stat()
  if (stats.isFile()) return ok({ handle, stats })
  await handle.close()
  return notAFile(file)
}

/** Reads a small file whole; `release-altered` when it is longer than `limit` bytes. */
export async function readSmallFile(path: string, limit: number): Promise<Result<Uint8Array>> {
  const opened = await openReleaseFile(path)
  if (!opened.ok) return opened
  const { handle, stats } = opened.value
  try {
    if (stats.size > limit)
      return fail('release-altered', {
        file: basename(path),
        required: `at most ${limit}`,
        found: stats.size,
      })
    return ok(new Uint8Array(await handle.readFile()))
  } catch (error) {
    return ioFailure(error, 'read', path)
  } finally {
    await handle.close()
  }
}

function notAFile(file: string): Result<never> {
  return fail('release-altered', { what: file, required: 'a file', found: 'something else' })
}

function isLink(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ELOOP'
}
