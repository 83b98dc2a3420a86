import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { authenticodeInput, readCertificates } from '../formats/pe/authenticode.ts'
import { makeEfiApplication } from '../formats/pe/make-application.ts'
import { parsePe } from '../formats/pe/parse-pe.ts'
import { signImage } from '../formats/pe/sign-image.ts'
import { readStub, runForeign } from '../formats/testing/foreign-tools.ts'
import { describeImage } from './describe-image.ts'
import { secureBootSigner, type SecureBootSigner } from './secure-boot-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-secure-boot-'))
const keys = join(folder, 'keys')
const now = new Date('2026-01-31T12:00:00Z')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let signer: SecureBootSigner
beforeAll(async () => {
  signer = expectOk(await secureBootSigner(keys, now))
})

const application = () =>
  makeEfiApplication({ code: Uint8Array.of(0xc3), data: new Uint8Array(5001).fill(7) })

/** What sbverify says of this image against our certificate; its words when it refuses. */
function verify(image: Uint8Array): string {
  const file = join(folder, 'image.efi')
  writeFileSync(file, image)
  return runForeign('sbverify', ['--cert', join(keys, 'db.crt'), file])
}

describe.each([
  ['an application of ours', application],
  ["systemd's stub", readStub],
])('a signature for Secure Boot on %s', (_name, make) => {
  it('is one that sbverify accepts and that osslsigncode finds over the same digest', () => {
    const signed = expectOk(signImage(make(), signer))
    expect(verify(signed)).toContain('Signature verification OK')
    const printed = runForeign('osslsigncode', [
      'verify',
      '-in',
      join(folder, 'image.efi'),
      '-CAfile',
      join(keys, 'db.crt'),
    ])
    const digest = /Calculated message digest\s*:\s*([0-9A-F]+)/.exec(printed)?.[1]?.toLowerCase()
    expect(digest).toBe(expectOk(describeImage(make())).imageSha256)
    expect(expectOk(describeImage(signed)).imageSha256).toBe(digest)
  })

  it('is refused by sbverify after any byte that it covers is changed', () => {
    const signed = expectOk(signImage(make(), signer))
    const { ranges } = expectOk(authenticodeInput(expectOk(parsePe(signed))))
    for (const { start, end } of [ranges.at(1), ranges.at(-1)].flatMap((one) => one ?? [])) {
      const changed = Uint8Array.from(signed)
      const place = Math.floor((start + end) / 2)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(() => verify(changed), `byte ${place}`).toThrow()
    }
  })
})

describe('the keys for Secure Boot', () => {
  it('are made once, kept, and private', async () => {
    const before = readFileSync(join(keys, 'db.key'), 'utf8')
    const again = expectOk(await secureBootSigner(keys, new Date('2027-01-01T00:00:00Z')))
    expect(readFileSync(join(keys, 'db.key'), 'utf8')).toBe(before)
    expect(again.certificateSha256).toBe(signer.certificateSha256)
    expect(statSync(join(keys, 'db.key')).mode & 0o077).toBe(0)
    expect(statSync(keys).mode & 0o077).toBe(0)
  })

  it('are a certificate that OpenSSL believes, for signing code', () => {
    const crt = join(keys, 'db.crt')
    expect(
      runForeign('openssl', ['verify', '-CAfile', crt, '-check_ss_sig', '-attime', '1800000000', crt]),
    ).toContain('OK')
    const shown = runForeign('openssl', ['x509', '-in', crt, '-noout', '-text'])
    for (const words of [
      'CN = "Berth development, Secure Boot"',
      'Code Signing',
      'CA:FALSE',
      'Not Before: Jan 31 12:00:00 2026 GMT',
    ])
      expect(shown).toContain(words)
  })

  it('give the same bytes for the same image, and none for one that is signed already', () => {
    const signed = expectOk(signImage(application(), signer))
    expect(expectOk(signImage(application(), signer))).toEqual(signed)
    expect(signImage(signed, signer)).toMatchObject({ ok: false, failure: { code: 'unsupported' } })
    expect(expectOk(readCertificates(signed, expectOk(parsePe(signed))))).toMatchObject([{ type: 2 }])
  })

  it('are refused when they do not belong together', async () => {
    const other = join(folder, 'other')
    expectOk(await secureBootSigner(other, now))
    writeFileSync(join(other, 'db.crt'), readFileSync(join(keys, 'db.crt')))
    expect(await secureBootSigner(other, now)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
    rmSync(join(other, 'db.key'))
    expect(await secureBootSigner(other, now)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  })
})
