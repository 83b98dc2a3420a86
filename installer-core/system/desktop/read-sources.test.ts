import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { readSources } from './read-sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-sources-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packages of a release folder', () => {
  it('are read from either schema', async () => {
    const packages = [{ name: 'labwc', version: '0.8.3-1', sha256: 'ab' }]
    for (const schema of ['berth/sources/1', 'berth/sources/2']) {
      writeFileSync(join(folder, 'sources.json'), JSON.stringify({ schema, packages }))
      expect(expectOk(await readSources(folder))).toEqual([{ name: 'labwc', version: '0.8.3-1' }])
    }
  })

  it('are refused when the file is not one, and missed when it is not there', async () => {
    for (const text of ['', '{', '[]', '{"schema":"berth/sources/3","packages":[]}']) {
      writeFileSync(join(folder, 'sources.json'), text)
      expect(await readSources(folder)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
    }
    expect(await readSources(join(folder, 'absent'))).toMatchObject({
      ok: false,
      failure: { code: 'not-found' },
    })
  })
})
