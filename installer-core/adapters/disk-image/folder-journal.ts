import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import type { Release } from '../../ports/platform.ts'
import { attempt } from './io-failure.ts'
import { takeLock } from './lock-file.ts'
import { flushFolder } from './variable-file.ts'

const suffix = '.journal'
const runName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/** Journals as files in a folder, which is made at the first append. Names of runs sort by age. */
export function folderJournalStore(folder: string): JournalStore {
  const pathOf = (run: string): Result<string> =>
    runName.test(run) ? ok(join(folder, run + suffix)) : fail('not-found', { what: 'run', where: run })
  return {
    async runs() {
      if (!existsSync(folder)) return ok([])
      return attempt('list', folder, () => {
        const names = readdirSync(folder).filter((name) => name.endsWith(suffix))
        return ok(names.map((name) => name.slice(0, -suffix.length)).sort())
      })
    },
    async read(run) {
      const path = pathOf(run)
      return path.ok ? attempt('read', path.value, () => ok(new Uint8Array(readFileSync(path.value)))) : path
    },
    async append(run, data) {
      const path = pathOf(run)
      return path.ok ? attempt('append', path.value, () => append(folder, path.value, data)) : path
    },
    async lock(): Promise<Result<Release>> {
      return attempt('lock', folder, () => {
        mkdirSync(folder, { recursive: true })
        return takeLock(join(folder, 'lock'))
      })
    },
  }
}

/** All of `data` or, when that fails, nothing of it. */
function append(folder: string, path: string, data: Uint8Array): Result<void> {
  mkdirSync(folder, { recursive: true })
  const isNew = !existsSync(path)
  const file = openSync(path, 'a')
  const before = fstatSync(file).size
  try {
    for (let at = 0; at < data.length;) at += writeSync(file, data, at)
    fsyncSync(file)
  } catch (error) {
    ftruncateSync(file, before)
    throw error
  } finally {
    closeSync(file)
  }
  if (isNew) flushFolder(folder)
  return done
}
