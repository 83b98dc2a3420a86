import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { attempt } from '../adapters/disk-image/io-failure.ts'
import { jsonIn } from '../base/json.ts'
import { malformed, ok, type Result } from '../base/result.ts'
import { stageMarkSchema, type StageMark } from '../model/stage.ts'
import { markText } from '../steps/stage-files.ts'

/**
 * Writes the mark over the one before: the file keeps its length and its place, so that neither FAT nor folder changes,
 * and a cut leaves the mark of before or this one.
 */
export function writeStageMark(path: string, mark: StageMark): Result<void> {
  const text = markText(mark)
  return attempt('write', path, () => {
    const file = openSync(path, 'r+')
    try {
      writeSync(file, text, 0)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    return ok(undefined)
  })
}

export function readStageMark(path: string): Result<StageMark> {
  return attempt('read', path, () => {
    const parsed = stageMarkSchema.safeParse(jsonIn(readFileSync(path, 'utf8')))
    return parsed.success
      ? ok(parsed.data)
      : malformed('stage mark', 'content', 0, 'a mark', 'something else')
  })
}
