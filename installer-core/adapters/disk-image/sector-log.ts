import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  fsyncSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { ioFailure } from './io-failure.ts'
import {
  batchesOf,
  batchHeader,
  batchLength,
  decodeBatch,
  encodeBatch,
  type SectorBatch,
  type SectorBatches,
  type SectorImage,
} from './sector-batch.ts'
import { flushFolder } from './variable-file.ts'

export type { SectorBatch, SectorBatches, SectorImage }

/**
 * The former contents of sectors about to be changed. Not empty: a change is under way, and writing the batches back,
 * last first, undoes it.
 */
export interface SectorLog {
  /** Durable when it returns. After a cut a batch is there as a whole or not at all. */
  append(batch: SectorBatch): Result<void>
  /** Valid until the log is changed. */
  readAll(): Result<SectorBatches>
  /** Durable when it returns. */
  clear(): Result<void>
}

/** A log in a file, made at the first append. A torn last batch counts as never appended. */
export function openSectorLog(path: string): SectorLog {
  return {
    append: (batch) => withFile(path, 'append', (file) => appendFlushed(file, encodeBatch(batch))),
    readAll() {
      try {
        const places = findBatches(path)
        return ok({ length: places.length, read: (index) => readBatch(path, places[index]) })
      } catch (error) {
        return absent(error) ? ok(batchesOf([])) : ioFailure(error, 'read', path)
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

interface BatchPlace {
  readonly at: number
  readonly length: number
}

/** Where the whole batches lie, from the start to the first that is torn or damaged. */
function findBatches(path: string): readonly BatchPlace[] {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const places: BatchPlace[] = []
    for (let at = 0; ;) {
      const length = batchLength(readPart(file, at, Math.min(batchHeader, size - at)))
      if (length === null || at + length > size) return places
      if (decodeBatch(readPart(file, at, length)) === null) return places
      places.push({ at, length })
      at += length
    }
  } finally {
    closeSync(file)
  }
}

function readBatch(path: string, place: BatchPlace | undefined): Result<SectorBatch> {
  if (place === undefined) throw new RangeError('no such batch')
  try {
    const file = openSync(path, 'r')
    try {
      const batch = decodeBatch(readPart(file, place.at, place.length))
      return batch === null ? fail('io-failed', { what: 'read', where: path, error: 'changed' }) : ok(batch)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return ioFailure(error, 'read', path)
  }
}

function readPart(file: number, at: number, length: number): Uint8Array {
  const data = new Uint8Array(length)
  let done = 0
  while (done < length) {
    const count = readSync(file, data, done, length - done, at + done)
    if (count === 0) break
    done += count
  }
  return data.subarray(0, done)
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
