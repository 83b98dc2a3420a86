import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { fail, done, ok, type Result } from '../../base/result.ts'
import { attempt, ioFailure } from './io-failure.ts'

/**
 * A disk below everything else of this adapter: synchronous, so that a file system can stand on it. Offsets and lengths
 * are in bytes. What was written since the last `flush` may arrive in any order, in part, or not at all.
 */
export interface RawDisk {
  /** What to call it in messages: the file's name. */
  readonly name: string
  readonly sectorSize: 512 | 4096
  /** In bytes. */
  readonly size: number
  /** Exactly `length` bytes, the caller's own copy. */
  read(offset: number, length: number): Result<Uint8Array>
  /** All of `data`; multiples of `sectorSize`. */
  write(offset: number, data: Uint8Array): Result<void>
  flush(): Result<void>
  close(): void
}

/** A raw image file as a disk. `malformed` when its length is not a multiple of the sector size. */
export function openFileDisk(
  path: string,
  sectorSize: 512 | 4096,
  access: 'read' | 'write',
): Result<RawDisk> {
  let file: number
  try {
    file = openSync(path, access === 'read' ? 'r' : 'r+')
  } catch (error) {
    return ioFailure(error, 'open', path)
  }
  const size = fstatSync(file).size
  if (size === 0 || size % sectorSize !== 0) {
    closeSync(file)
    return fail('malformed', {
      format: 'disk image',
      field: path,
      offset: 0,
      required: `a length that is a multiple of ${sectorSize}`,
      found: size,
    })
  }
  return ok(fileDisk(file, path, sectorSize, size))
}

function fileDisk(file: number, path: string, sectorSize: 512 | 4096, size: number): RawDisk {
  return {
    name: basename(path),
    sectorSize,
    size,
    read(offset, length) {
      if (!fits(offset, length, size)) return outside(path, offset, length, size)
      return attempt('read', path, () => readAll(file, offset, length, path))
    },
    write(offset, data) {
      if (!fits(offset, data.length, size)) return outside(path, offset, data.length, size)
      return attempt('write', path, () => writeAll(file, offset, data, path))
    },
    flush: () =>
      attempt('flush', path, () => {
        fsyncSync(file)
        return done
      }),
    close: () => closeSync(file),
  }
}

/** Exactly `length` bytes of an open file. */
export function readAll(file: number, offset: number, length: number, where: string): Result<Uint8Array> {
  const data = Buffer.allocUnsafeSlow(length)
  for (let at = 0; at < length;) {
    const count = readSync(file, data, at, length - at, offset + at)
    if (count === 0) return fail('io-failed', { what: 'read', where, error: 'end of file' })
    at += count
  }
  return ok(new Uint8Array(data.buffer, 0, length))
}

/** All of `data` into an open file. */
export function writeAll(file: number, offset: number, data: Uint8Array, where: string): Result<void> {
  for (let at = 0; at < data.length;) {
    const count = writeSync(file, data, at, data.length - at, offset + at)
    if (count === 0) return fail('short-write', { what: 'write', where, required: data.length, found: at })
    at += count
  }
  return done
}

/** True when the range lies within a disk of `size` bytes. */
export function fits(offset: number, length: number, size: number): boolean {
  return offset >= 0 && length >= 0 && offset + length <= size
}

/** The failure of an access outside the disk. */
export function outside(where: string, offset: number, length: number, size: number): Result<never> {
  return fail('out-of-range', { where, required: `0 to ${size}`, found: `${offset} to ${offset + length}` })
}
