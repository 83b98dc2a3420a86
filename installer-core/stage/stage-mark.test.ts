import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { failureCodes } from '../base/failure-code.ts'
import { expectOk } from '../base/result.ts'
import { stagePhases } from '../model/stage.ts'
import { markText } from '../steps/stage-files.ts'
import { readStageMark, writeStageMark } from './stage-mark.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-mark-'))
  path = join(folder, 'mark')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('keeps the length of a sector, whatever it says', () => {
  writeFileSync(path, markText({ phase: 'prepare', starts: 0 }))
  const { ino } = statSync(path)
  for (const phase of stagePhases)
    for (const failure of failureCodes) {
      expectOk(writeStageMark(path, { phase, starts: 123_456, failure }))
      expect(expectOk(readStageMark(path))).toEqual({ phase, starts: 123_456, failure })
      expect(statSync(path)).toMatchObject({ size: 512, ino })
    }
})

it('is no mark when it says something else', () => {
  for (const text of ['', '{}', '{"phase":"later","starts":1}', 'prepare']) {
    writeFileSync(path, text)
    expect(readStageMark(path)).toMatchObject({ failure: { code: 'malformed' } })
  }
})
