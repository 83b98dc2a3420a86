import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { done, ok, type Result } from '../../base/result.ts'
import { ioFailure } from './io-failure.ts'

/**
 * A small file whose content changes as a whole, atomically and durably: after a cut it holds the old or the new bytes.
 * It stands for the promise that firmware makes about its variables.
 */
export interface VariableFile {
  read(): Result<Uint8Array>
  replace(data: Uint8Array): Result<void>
}

/** A file replaced by temporary file, flush, rename and a flush of its folder. With `whenAbsent` it need not exist yet. */
export function openVariableFile(path: string, whenAbsent?: Uint8Array): VariableFile {
  return {
    read() {
      try {
        return ok(new Uint8Array(readFileSync(path)))
      } catch (error) {
        if (whenAbsent !== undefined && !existsSync(path)) return ok(whenAbsent.slice())
        return ioFailure(error, 'read', path)
      }
    },
    replace(data) {
      const temporary = `${path}.new`
      try {
        writeFlushed(temporary, data, existsSync(path) ? statSync(path).mode & 0o777 : 0o644)
        renameSync(temporary, path)
        flushFolder(dirname(path))
        return done
      } catch (error) {
        rmSync(temporary, { force: true })
        return ioFailure(error, 'replace', path)
      }
    },
  }
}

function writeFlushed(path: string, data: Uint8Array, mode: number): void {
  const file = openSync(path, 'w', mode)
  try {
    if (process.platform !== 'win32') fchmodSync(file, mode)
    for (let at = 0; at < data.length;) at += writeSync(file, data, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes names in a folder durable; Windows does that with the file itself and opens no folders. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
