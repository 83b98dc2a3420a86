import { FR_OK, sizeof_FIL, type FatFs } from 'js-fatfs'
import { bytes, type Bytes } from '../../base/bytes.ts'
import { done, ok, type Result } from '../../base/result.ts'
import type { FatDiskIo } from './fat-disk-io.ts'
import { fatFailure } from './fat-failure.ts'

/** The FAT code with a mounted volume. */
export interface FatMemory {
  readonly ff: FatFs
  readonly io: FatDiskIo
}

/** An open file. Nothing of it may be used after `close`. */
export interface FatFile {
  readonly size: Bytes
  /** The next piece, at most 1 MiB; null at the end. */
  read(): Result<Uint8Array | null>
  /** Appends; how many bytes there was room for. */
  write(data: Uint8Array): Result<number>
  close(): Result<void>
}

const pieceBytes = 1024 * 1024

/** Opens a file; `mode` is one of the FAT code's FA_ sums. */
export function openFatFile({ ff, io }: FatMemory, path: string, mode: number): Result<FatFile> {
  const handle = ff.malloc(sizeof_FIL)
  const code = ff.f_open(handle, path, mode)
  if (code !== FR_OK) {
    ff.free(handle)
    return fatFailure(code, 'open', path, io.failure)
  }
  const buffer = ff.malloc(pieceBytes)
  const count = ff.malloc(4)
  const unmark = [
    io.markData({ start: buffer, length: pieceBytes }),
    io.markData({ start: handle, length: sizeof_FIL }),
  ]
  const size = bytes(ff.f_size(handle))
  return ok({
    size,
    read() {
      const result = ff.f_read(handle, buffer, pieceBytes, count)
      if (result !== FR_OK) return fatFailure(result, 'read', path, io.failure)
      const length = ff.getValue(count, 'i32')
      return ok(length === 0 ? null : ff.HEAPU8.slice(buffer, buffer + length))
    },
    write(data) {
      for (let at = 0; at < data.length;) {
        const piece = data.subarray(at, at + pieceBytes)
        ff.HEAPU8.set(piece, buffer)
        const result = ff.f_write(handle, buffer, piece.length, count)
        if (result !== FR_OK) return fatFailure(result, 'write', path, io.failure)
        const written = ff.getValue(count, 'i32')
        at += written
        if (written < piece.length) return ok(at)
      }
      return ok(data.length)
    },
    close() {
      const result = ff.f_close(handle)
      for (const end of unmark) end()
      for (const pointer of [count, buffer, handle]) ff.free(pointer)
      return result === FR_OK ? done : fatFailure(result, 'close', path, io.failure)
    },
  })
}
