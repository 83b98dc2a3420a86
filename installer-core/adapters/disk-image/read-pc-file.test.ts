import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPcFile } from './read-pc-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-pc-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe("a practice PC's description", () => {
  it('that is not there, or is none, is said and not thrown', () => {
    expect(readPcFile(join(folder, 'nowhere'))).toMatchObject({
      failure: { code: 'not-found', facts: { where: join(folder, 'nowhere/pc.json') } },
    })
    writeFileSync(join(folder, 'pc.json'), '{')
    expect(readPcFile(folder)).toMatchObject({ failure: { code: 'malformed' } })
  })
})
