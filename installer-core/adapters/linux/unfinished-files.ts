import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { done, type Result } from '../../base/result.ts'
import { openVariableFile } from '../disk-image/variable-file.ts'

/** Names of files on boot volumes that Berth has begun and not finished: what a cut leaves of them is Berth's to remove. */
export interface UnfinishedFiles {
  /** Durable when it returns. */
  add(path: string): Result<void>
  /** All of this volume's are finished or gone. */
  clear(): Result<void>
}

const schema = z.record(z.string(), z.array(z.string()))
const none = new TextEncoder().encode('{}\n')

/** The names on one volume, kept in `file` with those of the others. A file that does not read as such counts as empty. */
export function unfinishedFiles(file: string, volume: string): UnfinishedFiles {
  const store = openVariableFile(file, none)
  const change = (edit: (paths: readonly string[]) => readonly string[]): Result<void> => {
    const all = readAll(file)
    const before = all[volume] ?? []
    const after = edit(before)
    if (after.length === before.length) return done
    const content = Object.entries({ ...all, [volume]: after }).filter(([, paths]) => paths.length > 0)
    return store.replace(new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(content))}\n`))
  }
  return { add: (path) => change((paths) => [...paths, path]), clear: () => change(() => []) }
}

/** Removes from a volume, shown in `folder`, what an earlier process did not finish there. */
export function removeUnfinished(file: string, volume: string, folder: string): Result<void> {
  for (const path of readAll(file)[volume] ?? [])
    if (/^(\/[^/]+)*\/berth-\d+-\d+\.new$/.test(path) && !path.split('/').includes('..'))
      rmSync(join(folder, path), { force: true })
  return unfinishedFiles(file, volume).clear()
}

function readAll(file: string): Readonly<Record<string, readonly string[]>> {
  const content = openVariableFile(file, none).read()
  if (!content.ok) return {}
  try {
    const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(content.value)))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}
