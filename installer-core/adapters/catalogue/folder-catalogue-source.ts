import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import type { CatalogueSource } from './catalogue-source.ts'

/** A catalogue in a folder: on a disk, on a USB stick, on a share. */
export function folderCatalogueSource(folder: string): CatalogueSource {
  return {
    name: folder,
    readWhole: (path, limit) =>
      withFile(join(folder, path), async (file, size) => {
        if (size > limit) return fail('source-endless', { what: path, required: limit })
        return readExactly(file, path, 0, size)
      }),
    readRange: (path, start, length) =>
      withFile(join(folder, path), (file) => readExactly(file, path, start, length)),
    close: () => undefined,
  }
}

/** A pipe or a device in a file's place would never end, or worse: only files are opened. */
async function withFile<T>(
  path: string,
  work: (file: FileHandle, size: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  let file: FileHandle
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    return ioFailure(error, 'read', path)
  }
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return fail('source-refused', { what: path })
    return await work(file, stats.size)
  } catch (error) {
    return ioFailure(error, 'read', path)
  } finally {
    await file.close()
  }
}

async function readExactly(
  file: FileHandle,
  path: string,
  start: number,
  length: number,
): Promise<Result<Uint8Array>> {
  const data = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(data, at, length - at, start + at)
    if (bytesRead === 0)
      return fail('source-cut-short', { what: path, required: start + length, found: start + at })
    at += bytesRead
  }
  return ok(data)
}
