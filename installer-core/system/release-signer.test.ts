import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isSignedBy, loadKeyRing } from '../adapters/release-folder/key-ring.ts'
import { expectOk } from '../base/result.ts'
import { developmentSigner } from './release-signer.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the development key', () => {
  it('is made once, for its owner alone, and is trusted for practice PCs only', async () => {
    const file = join(folder, 'new/dev-key.pem')
    const [first, second] = await Promise.all([developmentSigner(file), developmentSigner(file)])
    expect(expectOk(first).key).toEqual(expectOk(second).key)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY')
    expect(loadKeyRing(file).keys.at(-1)).toEqual(expectOk(first).key)
    expect(expectOk(first).key.practiceOnly).toBe(true)
  })

  it('signs what its public half accepts, and nothing else', async () => {
    const signer = expectOk(await developmentSigner(join(folder, 'dev-key.pem')))
    const data = new TextEncoder().encode('a manifest')
    const signature = signer.sign(data)
    expect(signer.sign(data)).toEqual(signature)
    expect(isSignedBy(signer.key, data, signature)).toBe(true)
    expect(isSignedBy(signer.key, data.subarray(1), signature)).toBe(false)
  })

  it('adds no trust while there is none, and a broken one is said', async () => {
    const shipped = loadKeyRing(join(folder, 'absent.pem')).keys
    expect(shipped.filter((key) => key.practiceOnly)).toEqual([])
    const broken = join(folder, 'broken.pem')
    writeFileSync(broken, 'not a key')
    expect(loadKeyRing(broken).keys).toEqual(shipped)
    expect(await developmentSigner(broken)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  })
})
