import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { readChoices } from './choice-options.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-choices-'))
const profile = join(folder, 'profile.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('how files are to be encrypted', () => {
  const keep = (choices: object) =>
    writeFileSync(profile, JSON.stringify({ schema: 'berth/choices/1', ...choices }))

  it('is an option, with a profile and without, and wins over it', () => {
    expect(expectOk(readChoices({})).you).toBeUndefined()
    expect(expectOk(readChoices({ encryption: 'tpm' })).you).toEqual({ encryption: 'tpm' })
    keep({ you: { hostname: 'annas-pc', encryption: 'tpm' } })
    expect(expectOk(readChoices({ profile })).you).toEqual({ hostname: 'annas-pc', encryption: 'tpm' })
    expect(expectOk(readChoices({ profile, encryption: 'passphrase' })).you).toEqual({
      hostname: 'annas-pc',
      encryption: 'passphrase',
    })
  })

  it.each(['none', 'tpm2', ''])('is refused as “%s”', (encryption) => {
    expect(readChoices({ encryption })).toMatchObject({ ok: false, failure: { code: 'usage' } })
  })

  it('is not added to what is no description of a person', () => {
    keep({ you: 'anna' })
    expect(readChoices({ profile, encryption: 'tpm' })).toMatchObject({ ok: false })
  })
})
