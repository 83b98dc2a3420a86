import { it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { fuzz } from '../testing/fuzz.ts'
import { readFixture } from '../testing/shared-fixtures.ts'
import { parseAuthenticatedUpdate, serialiseAuthenticatedUpdate } from './authenticated-update.ts'
import { parseCertificate } from './certificate.ts'
import { parseSignatureLists, serialiseSignatureLists, type SignatureList } from './signature-list.ts'

const seed = (name: string) => readFixture(`secure-boot/${name}`) ?? new Uint8Array()
const kek = seed('kek-update-dell-signed.bin')
const svn = seed('dbx-update-svn-signed.bin')
const svnLists = expectOk(parseAuthenticatedUpdate(svn)).lists
const bound = (length: number) => ({ bytes: 4 * length + 64, entries: length + 16 })

/** What was accepted must come back as the same bytes. */
function same(data: Uint8Array, written: Uint8Array): void {
  if (Buffer.compare(data, written) !== 0) throw new Error('accepted, and written back differently')
}

it('takes any bytes as signature lists', () => {
  const short: SignatureList[] = svnLists.map((list) => ({
    ...list,
    signatures: list.signatures.slice(0, 2),
  }))
  const seeds = [serialiseSignatureLists(svnLists), serialiseSignatureLists([...short, ...short])]
  const parse = (data: Uint8Array, work: { bytes: number; entries: number }) => {
    const parsed = parseSignatureLists(data, work)
    if (parsed.ok) same(data, serialiseSignatureLists(parsed.value))
    return parsed
  }
  fuzz({ name: 'signature-list', seeds, parse, bound })
})

it('takes any bytes as a signed update', () => {
  const parse = (data: Uint8Array, work: { bytes: number; entries: number }) => {
    const parsed = parseAuthenticatedUpdate(data, work)
    if (parsed.ok) same(data, serialiseAuthenticatedUpdate(parsed.value))
    return parsed
  }
  fuzz({ name: 'authenticated-update', seeds: [kek, svn], parse, bound })
})

it('takes any bytes as a certificate', () => {
  const seeds = ['ms-uefi-ca-2011.der', 'ms-uefi-ca-2023.der'].map((name) => seed(name))
  fuzz({ name: 'x509', seeds, parse: parseCertificate, bound })
})
