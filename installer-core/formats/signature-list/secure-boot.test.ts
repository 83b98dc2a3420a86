import { describe, expect } from 'vitest'
import { guidFromBytes, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { compareSbat, parseSbatLevel, parseSbatSection } from '../sbat/sbat.ts'
import { itReads, readFixture } from '../testing/shared-fixtures.ts'
import { parseAuthenticatedUpdate, serialiseAuthenticatedUpdate } from './authenticated-update.ts'
import { parseCertificate } from './certificate.ts'
import {
  certificatesOf,
  hashesOf,
  parseSignatureLists,
  serialiseSignatureLists,
  signatureType,
} from './signature-list.ts'

const subjectOf = (certificate: Uint8Array) => expectOk(parseCertificate(certificate)).subject
const text = (data: Uint8Array) => new TextDecoder().decode(data)

describe('signed updates', () => {
  const update = (data: Uint8Array) => {
    const parsed = expectOk(parseAuthenticatedUpdate(data))
    expect(Buffer.compare(serialiseAuthenticatedUpdate(parsed), data)).toBe(0)
    expect(parsed.time).toBe('2010-03-06T19:17:21Z')
    return parsed.lists
  }

  itReads('secure-boot/db-update-uefi-ca-2023-signed.bin', 'one certificate', (data) => {
    expect(certificatesOf(update(data)).map(subjectOf)).toEqual(['Microsoft UEFI CA 2023'])
    const der = readFixture('secure-boot/ms-uefi-ca-2023.der') ?? new Uint8Array()
    expect(toHex(certificatesOf(update(data))[0]!)).toBe(toHex(der))
  })

  itReads('secure-boot/kek-update-dell-signed.bin', 'one certificate', (data) => {
    expect(certificatesOf(update(data)).map(subjectOf)).toEqual(['Microsoft Corporation KEK 2K CA 2023'])
  })

  itReads('secure-boot/dbx-update-amd64-signed.bin', 'hashes of the published list', (data) => {
    const lists = update(data)
    expect(lists.every(({ type }) => type === signatureType.sha256)).toBe(true)
    expect(hashesOf(lists)).toHaveLength(443)
    const published = readFixture('secure-boot/dbx-info-excerpt.json') ?? new Uint8Array()
    const { images } = JSON.parse(text(published)) as {
      images: { x64: { authenticodeHash: string }[] }
    }
    const wanted = images.x64.map(({ authenticodeHash }) => authenticodeHash.toLowerCase())
    expect(wanted).toHaveLength(12)
    expect(hashesOf(lists)).toEqual(expect.arrayContaining(wanted))
  })

  itReads('secure-boot/dbx-update-svn-signed.bin', 'versions of Windows boot managers', (data) => {
    const entries = update(data).flatMap(({ signatures }) => signatures.map((signature) => signature.data))
    expect(entries.map((entry) => entry[0])).toEqual([1, 1, 1])
    const managers = entries.map((entry) => guidFromBytes(entry, 1))
    expect(managers[0]).toBe('9d132b61-59d5-4388-ab1c-185c3cb2eb92')
    const list = readFixture('secure-boot/dbx-svn-list-2024-04.csv') ?? new Uint8Array()
    const named = text(list)
      .split(/\r?\n/)
      .slice(1)
      .filter((line) => line.includes(','))
      .map((line) => line.split(',')[0]!.toLowerCase().slice(0, 34))
    expect(entries.map((entry) => toHex(entry).slice(0, 34))).toEqual(named)
  })
})

describe('signature lists of PCs', () => {
  const lists = (data: Uint8Array) => {
    const parsed = expectOk(parseSignatureLists(data))
    expect(Buffer.compare(serialiseSignatureLists(parsed), data)).toBe(0)
    return parsed
  }

  itReads('secure-boot/siglist-real-db-3-certs.esl', 'three certificates', (data) => {
    expect(lists(data)).toHaveLength(3)
    expect(certificatesOf(lists(data)).map(subjectOf)).toEqual([
      'Dell Inc. UEFI DB',
      'Microsoft Corporation UEFI CA 2011',
      'Microsoft Windows Production PCA 2011',
    ])
  })

  itReads('secure-boot/siglist-real-dbx-2020.esl', 'a certificate and 77 hashes', (data) => {
    expect(certificatesOf(lists(data)).map(subjectOf)).toEqual(['Microsoft Windows PCA 2010'])
    expect(hashesOf(lists(data))).toHaveLength(77)
  })

  for (const [path, field, offset] of [
    ['secure-boot/siglist-bad-inconsistent-sizes.esl', 'lists[0].headerSize', 20],
    ['secure-boot/siglist-bad-signature-size-zero.esl', 'lists[0].signatureSize', 24],
  ] as const)
    itReads(path, 'refused by field and offset', (data) => {
      expect(parseSignatureLists(data)).toMatchObject({ ok: false, failure: { facts: { field, offset } } })
    })

  itReads('secure-boot/dbx-empty.bin', 'words, not a list', (data) => {
    expect(text(data)).toMatch(/smallest - and valid - dbx/)
    expect(parseSignatureLists(data)).toMatchObject({ failure: { facts: { field: 'lists[0].size' } } })
  })
})

describe('certificates', () => {
  itReads('secure-boot/ms-uefi-ca-2011.der', 'names', (data) => {
    expect(expectOk(parseCertificate(data))).toEqual({
      subject: 'Microsoft Corporation UEFI CA 2011',
      issuer: 'Microsoft Corporation Third Party Marketplace Root',
    })
  })
  itReads('secure-boot/ms-uefi-ca-2023.der', 'names', (data) => {
    expect(subjectOf(data)).toBe('Microsoft UEFI CA 2023')
  })
})

describe('SBAT', () => {
  const shim = readFixture('secure-boot/sbat-shim-section.csv') ?? new Uint8Array()
  itReads('secure-boot/sbat-shim-section.csv', 'sbat 1, shim 4', (data) => {
    expect(
      expectOk(parseSbatSection(data)).map(({ component, generation }) => [component, generation]),
    ).toEqual([
      ['sbat', 1],
      ['shim', 4],
    ])
  })
  for (const [stamp, minimum] of [
    ['2022052400', { sbat: 1, shim: 2, grub: 2 }],
    ['2024040900', { sbat: 1, shim: 4, grub: 4, 'grub.peimage': 2 }],
  ] as const)
    itReads(`secure-boot/sbat-level-${stamp}.csv`, 'least generations', (data) => {
      const level = expectOk(parseSbatLevel(data))
      expect(level.date).toBe(stamp)
      expect(Object.fromEntries(level.minimum.map((line) => [line.component, line.generation]))).toEqual(
        minimum,
      )
      expect(compareSbat(expectOk(parseSbatSection(shim)), level)).toEqual([])
      expect(compareSbat([{ component: 'shim', generation: 1 }], level)).toHaveLength(1)
    })
})
