import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { bytes, type Bytes } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import type { BlockDevice } from '../../../ports/block-device.ts'
import { attempt, ioFailure } from '../io-failure.ts'
import type { RawDisk } from '../raw-disk.ts'
import type { ByteRange } from './range-list.ts'

const pieceBytes = 1024 * 1024

/** A sparse copy of a volume in a file, for tools that want a file of their own. */
export class ScratchCopy {
  readonly path: string
  readonly #file: number

  private constructor(path: string, file: number) {
    this.path = path
    this.#file = file
  }

  /** A file of `size` zeros that takes no room yet. */
  static make(folder: string, name: string, size: number): Result<ScratchCopy> {
    const path = join(folder, `${name}.volume`)
    try {
      mkdirSync(folder, { recursive: true })
      const file = openSync(path, 'w+')
      ftruncateSync(file, size)
      return ok(new ScratchCopy(path, file))
    } catch (error) {
      return ioFailure(error, 'make a copy of the volume', path)
    }
  }

  /** Copies ranges of the volume that begins at byte `start` of the disk; zeros stay holes. */
  fill(disk: RawDisk, start: number, ranges: readonly ByteRange[]): Result<void> {
    for (const { offset, length } of pieces(ranges, pieceBytes)) {
      const data = disk.read(start + offset, length)
      if (!data.ok) return data
      const written = data.value.every((byte) => byte === 0) ? done : this.write(offset, data.value)
      if (!written.ok) return written
    }
    return done
  }

  read(offset: number, length: number): Result<Uint8Array> {
    const data = new Uint8Array(length)
    try {
      for (let at = 0; at < length;) {
        const count = readSync(this.#file, data, at, length - at, offset + at)
        if (count === 0) return fail('io-failed', { what: 'read', where: this.path, error: 'end of file' })
        at += count
      }
      return ok(data)
    } catch (error) {
      return ioFailure(error, 'read the copy of the volume', this.path)
    }
  }

  write(offset: number, data: Uint8Array): Result<void> {
    try {
      writeAll(this.#file, data, offset)
      return done
    } catch (error) {
      return ioFailure(error, 'write a copy of the volume', this.path)
    }
  }

  /** The copy as a device of `size` bytes, to look into. */
  device(size: number): BlockDevice {
    return {
      sectorSize: 512,
      size: bytes(size),
      read: async (offset: Bytes, length: Bytes) => this.read(offset, length),
      write: async () => fail('read-only', { what: 'write', where: this.path }),
      flush: async () => done,
      close: async () => done,
    }
  }

  /** What was written is there after a cut. */
  flush(): Result<void> {
    return attempt('flush the copy of the volume', this.path, () => {
      fsyncSync(this.#file)
      return done
    })
  }

  remove(): void {
    closeSync(this.#file)
    rmSync(this.path, { force: true })
  }
}

/** Ranges cut into pieces of at most `limit` bytes. */
export function* pieces(ranges: readonly ByteRange[], limit: number): Generator<ByteRange> {
  for (const { offset, length } of ranges)
    for (let at = 0; at < length; at += limit)
      yield { offset: offset + at, length: Math.min(limit, length - at) }
}

function writeAll(file: number, data: Uint8Array, offset: number): void {
  for (let at = 0; at < data.length;) at += writeSync(file, data, at, data.length - at, offset + at)
}
