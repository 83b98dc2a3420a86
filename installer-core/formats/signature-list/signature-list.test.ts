import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nilGuid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { parseCertificate } from './certificate.ts'
import {
  certificatesOf,
  hashesOf,
  parseSignatureLists,
  serialiseSignatureLists,
  signatureType,
  type SignatureList,
} from './signature-list.ts'

const owner = vendor.berth
const list = (type: SignatureList['type'], size: number, count: number, header = 0): SignatureList => ({
  type,
  header: new Uint8Array(header).fill(9),
  signatureSize: size + 16,
  signatures: Array.from({ length: count }, (_, i) => ({ owner, data: new Uint8Array(size).fill(i) })),
})
const failing = (data: Uint8Array) => {
  const parsed = parseSignatureLists(data)
  return parsed.ok
    ? 'ok'
    : `${String(parsed.failure.facts['field'])} ${String(parsed.failure.facts['offset'])}`
}

describe('signature lists', () => {
  it('sort out hashes and certificates, and keep the rest', () => {
    const lists = [
      list(signatureType.sha256, 32, 2),
      list(signatureType.x509, 700, 1),
      list(nilGuid, 5, 3, 7),
      list(signatureType.sha256, 32, 0),
    ]
    const data = serialiseSignatureLists(lists)
    const found = expectOk(parseSignatureLists(data))
    expect(found).toEqual(lists)
    expect(hashesOf(found)).toEqual(['00'.repeat(32), '01'.repeat(32)])
    expect(certificatesOf(found)).toEqual([new Uint8Array(700)])
    expect(expectOk(parseSignatureLists(new Uint8Array()))).toEqual([])
  })

  it('name the field of a size that does not work out', () => {
    const good = serialiseSignatureLists([list(signatureType.sha256, 32, 2), list(signatureType.x509, 70, 1)])
    const second = 28 + 96
    const patched = (at: number, value: number) => {
      const data = good.slice()
      new DataView(data.buffer).setUint32(at, value, true)
      return failing(data)
    }
    expect(failing(good)).toBe('ok')
    expect(patched(16, 27)).toBe('lists[0].size 16')
    expect(patched(16, 0)).toBe('lists[0].size 16')
    expect(patched(second + 16, 500)).toBe(`lists[1].size ${second + 16}`)
    expect(patched(second + 20, 500)).toBe(`lists[1].headerSize ${second + 20}`)
    expect(patched(24, 0)).toBe('lists[0].signatureSize 24')
    expect(patched(24, 47)).toBe('lists[0].signatureSize 24')
    expect(patched(second + 24, 16)).toBe(`lists[1].signatureSize ${second + 24}`)
    expect(patched(second + 24, 85)).toBe(`lists[1].size ${second + 16}`)
    expect(failing(good.slice(0, second + 10))).toBe(`lists[1].size ${second + 16}`)
  })

  it('are written back byte for byte', () => {
    const anyList = fc
      .record({
        type: fc.constantFrom(signatureType.x509, signatureType.x509Sha256, nilGuid),
        header: fc.uint8Array({ maxLength: 9 }),
        size: fc.integer({ min: 1, max: 99 }),
        count: fc.nat(5),
        fill: fc.nat(255),
      })
      .map(({ type, header, size, count, fill }): SignatureList => {
        const signatures = Array.from({ length: count }, () => ({
          owner,
          data: new Uint8Array(size).fill(fill),
        }))
        return { type, header, signatureSize: size + 16, signatures }
      })
    fc.assert(
      fc.property(fc.array(anyList, { maxLength: 5 }), (lists) => {
        const data = serialiseSignatureLists(lists)
        const found = expectOk(parseSignatureLists(data))
        expect(found).toEqual(lists)
        expect(serialiseSignatureLists(found)).toEqual(data)
      }),
    )
  })
})

describe('a certificate', () => {
  const der = (tag: number, ...parts: (Uint8Array | number[])[]) => {
    const content = parts.flatMap((part) => [...part])
    const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
    return [tag, ...length, ...content]
  }
  const named = (kind: number, text: Uint8Array | number[]) =>
    der(0x30, der(0x31, der(0x30, [6, 3, 0x55, 4, 3], der(kind, text))))
  const certificate = (...subject: number[][]) =>
    Uint8Array.from(
      der(
        0x30,
        der(0x30, der(0xa0, [2, 1, 2]), [2, 1, 5], der(0x30), der(0x30), der(0x30), ...subject),
        der(0x30),
      ),
    )

  it.each([
    ['UTF-8', 0x0c, [...new TextEncoder().encode('Größe')], 'Größe'],
    ['PrintableString', 0x13, [...new TextEncoder().encode('Plain')], 'Plain'],
    ['BMPString', 0x1e, [0x4e, 0x2d, 0x00, 0x41], '中A'],
    ['T61String', 0x14, [0x47, 0xfc], 'Gü'],
  ])('has a common name in %s', (_, kind, data, text) => {
    expect(expectOk(parseCertificate(certificate(named(kind, data))))).toEqual({
      subject: text,
      issuer: null,
    })
  })

  it('may have none', () => {
    expect(expectOk(parseCertificate(certificate(der(0x30)))).subject).toBeNull()
    const other = der(0x30, der(0x31, der(0x30, [6, 3, 0x55, 4, 10], der(0x13, [65]))))
    expect(expectOk(parseCertificate(certificate(other))).subject).toBeNull()
  })

  it('that is cut short or says a length beyond its end is refused by field', () => {
    const whole = certificate(named(0x0c, [65]))
    for (let length = 0; length < whole.length; length += 1)
      expect(parseCertificate(whole.slice(0, length)).ok).toBe(false)
    expect(parseCertificate(Uint8Array.from([0x30, 0x84, 1, 1, 1, 1]))).toMatchObject({
      failure: { facts: { format: 'x509', field: 'certificate', offset: 1 } },
    })
    expect(parseCertificate(certificate([2, 1, 1]))).toMatchObject({
      failure: { facts: { field: 'subject' } },
    })
  })
})
