import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { bytes, MiB } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import { attempt } from '../disk-image/io-failure.ts'

const pieceBytes = 4 * MiB

/** A file's content, piece by piece; a link is not followed. */
export function readFrom(path: string): Result<ByteSource> {
  return attempt('open', path, () => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    const { size } = fstatSync(file)
    const piece = new Uint8Array(Math.min(pieceBytes, Math.max(1, size)))
    return ok({
      size: bytes(size),
      next: async () =>
        attempt('read', path, () => {
          const count = readSync(file, piece, 0, piece.length, null)
          return ok(count === 0 ? null : piece.subarray(0, count))
        }),
      close: async () => closeSync(file),
    })
  })
}

/** Makes a new file of all that the source gives, durable when it returns; `short-write` when that is less than it said. */
export async function writeFlushed(path: string, source: ByteSource): Promise<Result<void>> {
  const opened = attempt('create', path, () => ok(openSync(path, 'wx', 0o644)))
  if (!opened.ok) return opened
  const file = opened.value
  try {
    for (let total = 0; ;) {
      const piece = await source.next()
      if (!piece.ok) return piece
      const data = piece.value
      if (data === null) return flushWhole(file, path, source.size, total)
      const written = attempt('write', path, () => {
        for (let at = 0; at < data.length;) at += writeSync(file, data, at)
        return done
      })
      if (!written.ok) return written
      total += data.length
    }
  } finally {
    closeSync(file)
  }
}

/** Writes zeros over a file's bytes, durable when it returns; a link is not followed. */
export function eraseFlushed(path: string): Result<void> {
  const opened = attempt('open', path, () => ok(openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW)))
  if (!opened.ok) return opened
  const file = opened.value
  try {
    return attempt('erase', path, () => {
      const { size } = fstatSync(file)
      const zeros = new Uint8Array(Math.min(pieceBytes, size))
      for (let at = 0; at < size;) at += writeSync(file, zeros, 0, Math.min(zeros.length, size - at), at)
      fsyncSync(file)
      return done
    })
  } finally {
    closeSync(file)
  }
}

function flushWhole(file: number, path: string, required: number, found: number): Result<void> {
  if (found !== required) return fail('short-write', { what: 'read', where: path, required, found })
  return attempt('flush', path, () => {
    fsyncSync(file)
    return done
  })
}
