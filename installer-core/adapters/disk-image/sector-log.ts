import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  fsyncSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { done, ok, type Result } from '../../base/result.ts'
import { ioFailure } from './io-failure.ts'
import { decodeBatches, encodeBatch, type SectorBatch, type SectorImage } from './sector-batch.ts'
import { flushFolder } from './variable-file.ts'

export type { SectorBatch, SectorImage }

/**
 * The former contents of sectors about to be changed. Not empty: a change is under way, and writing the batches back,
 * last first, undoes it.
 */
export interface SectorLog {
  /** Durable when it returns. After a cut a batch is there as a whole or not at all. */
  append(batch: SectorBatch): Result<void>
  /** In the order of appending. */
  readAll(): Result<readonly SectorBatch[]>
  /** Durable when it returns. */
  clear(): Result<void>
}

/** A log in a file, made at the first append. A torn last batch counts as never appended. */
export function openSectorLog(path: string): SectorLog {
  return {
    append: (batch) => withFile(path, 'append', (file) => appendFlushed(file, encodeBatch(batch))),
    readAll() {
      try {
        return ok(decodeBatches(new Uint8Array(readFileSync(path))).batches)
      } catch (error) {
        return absent(error) ? ok([]) : ioFailure(error, 'read', path)
      }
    },
    clear: () =>
      withFile(path, 'clear', (file) => {
        if (fstatSync(file).size === 0) return
        ftruncateSync(file, 0)
        fsyncSync(file)
      }),
  }
}

function withFile(path: string, what: string, work: (file: number) => void): Result<void> {
  try {
    const isNew = !existsSync(path)
    const file = openSync(path, 'a+')
    try {
      work(file)
      if (isNew) flushFolder(dirname(path))
    } finally {
      closeSync(file)
    }
    return done
  } catch (error) {
    return ioFailure(error, what, path)
  }
}

/** Appends all or nothing: what follows a torn batch would never be read. */
function appendFlushed(file: number, data: Uint8Array): void {
  const before = fstatSync(file).size
  try {
    for (let at = 0; at < data.length;) at += writeSync(file, data, at)
    fsyncSync(file)
  } catch (error) {
    ftruncateSync(file, before)
    throw error
  }
}

function absent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
