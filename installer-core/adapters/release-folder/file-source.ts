import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { MiB } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { ReleaseFile } from '../../model/release.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { openReleaseFile } from './open-file.ts'

const pieceSize = MiB

/**
 * A release file as a stream that checks itself: `release-incomplete` at once when it is cut short, `release-altered`
 * at once when it is too long, and at its end when its bytes are not those that were signed.
 */
export async function openFileSource(
  path: string,
  file: Pick<ReleaseFile, 'source' | 'size' | 'sha256'>,
): Promise<Result<ByteSource>> {
  const opened = await openReleaseFile(path)
  if (!opened.ok) return opened
  const { handle, stats } = opened.value
  if (stats.size === file.size)
    return ok(
      checkedSource(file, {
        read: (buffer, position) => readPiece(handle, buffer, position, file.source),
        close: () => handle.close(),
      }),
    )
  await handle.close()
  const code = stats.size < file.size ? 'release-incomplete' : 'release-altered'
  return fail(code, { what: file.source, required: file.size, found: stats.size })
}

/** Where the bytes of a release file come from. */
export interface FileBytes {
  /** Fills the beginning of `buffer` with the bytes at `position`, which only ever goes on; 0 at the end. */
  read(buffer: Uint8Array, position: number): Promise<Result<number>>
  close(): Promise<void>
}

/** As many bytes as were signed, and at their end the verdict whether they are those. */
export function checkedSource(
  file: Pick<ReleaseFile, 'source' | 'size' | 'sha256'>,
  from: FileBytes,
): ByteSource {
  const hash = createHash('sha256')
  const buffer = new Uint8Array(Math.max(1, Math.min(pieceSize, file.size)))
  let position = 0
  let end: Result<null> | null = null
  return {
    size: file.size,
    async next() {
      if (end !== null) return end
      const wanted = Math.min(buffer.length, file.size - position)
      const read = wanted === 0 ? ok(0) : await from.read(buffer.subarray(0, wanted), position)
      if (!read.ok) return (end = read)
      if (read.value > 0) {
        position += read.value
        const piece = buffer.subarray(0, read.value)
        hash.update(piece)
        return ok(piece)
      }
      end = position < file.size ? cutShort() : compare(hash.digest('hex'))
      return end
    },
    close: () => from.close(),
  }

  function cutShort(): Result<null> {
    return fail('release-incomplete', { what: file.source, required: file.size, found: position })
  }
  function compare(found: string): Result<null> {
    return found === file.sha256
      ? ok(null)
      : fail('release-altered', { what: file.source, required: file.sha256, found })
  }
}

async function readPiece(
  handle: FileHandle,
  buffer: Uint8Array,
  position: number,
  where: string,
): Promise<Result<number>> {
  try {
    return ok((await handle.read(buffer, 0, buffer.length, position)).bytesRead)
  } catch (error) {
    return ioFailure(error, 'read', where)
  }
}
