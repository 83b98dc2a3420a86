import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import { sequence } from '../der/write-der.ts'

/** What Berth shows of an X.509 certificate (RFC 5280, 4.1). */
export interface Certificate {
  /** Common name of the subject, not yet safe to show; null when it has none. */
  readonly subject: string | null
  readonly issuer: string | null
}

const tag = { integer: 0x02, oid: 0x06, sequence: 0x30, set: 0x31, version: 0xa0 } as const
/** The object identifier 2.5.4.3 in DER. */
const commonName = [0x55, 0x04, 0x03]
const maxAttributes = 64

/** Reads the names in a DER certificate; checks nothing else of it. */
export function parseCertificate(data: Uint8Array, work?: Work): Result<Certificate> {
  return parseWith(
    'x509',
    data,
    (view) => {
      const outer = element(view, 0, 'certificate', tag.sequence)
      const fields = element(outer.content, 0, 'tbsCertificate', tag.sequence).content
      let at = 0
      const skip = (name: string, wanted?: number) => {
        const found = element(fields, at, name, wanted)
        at = found.end
        return found
      }
      if (fields.u8(0, 'version') === tag.version) skip('version')
      skip('serialNumber', tag.integer)
      skip('signature', tag.sequence)
      const issuer = skip('issuer', tag.sequence)
      skip('validity', tag.sequence)
      const subject = skip('subject', tag.sequence)
      return {
        subject: nameOf(subject.content, 'subject'),
        issuer: nameOf(issuer.content, 'issuer'),
      }
    },
    work,
  )
}

/**
 * Issuer and serial number in DER as one sequence: how a signature names the certificate that it was made with
 * (IssuerAndSerialNumber; RFC 2315, 6.7).
 */
export function parseCertificateIdentity(data: Uint8Array): Result<Uint8Array> {
  return parseWith('x509', data, (view) => {
    const outer = element(view, 0, 'certificate', tag.sequence)
    const fields = element(outer.content, 0, 'tbsCertificate', tag.sequence).content
    const first = fields.u8(0, 'version')
    const serialAt = first === tag.version ? element(fields, 0, 'version').end : 0
    const serial = element(fields, serialAt, 'serialNumber', tag.integer)
    const issuerAt = element(fields, serial.end, 'signature', tag.sequence).end
    const issuer = element(fields, issuerAt, 'issuer', tag.sequence)
    return sequence(
      fields.bytes(issuerAt, issuer.end - issuerAt, 'issuer'),
      fields.bytes(serialAt, serial.end - serialAt, 'serialNumber'),
    )
  })
}

interface Element {
  readonly tag: number
  readonly content: ByteView
  /** Offset after it. */
  readonly end: number
}

/** One DER element: tag, definite length, content (X.690, 8.1). */
function element(view: ByteView, at: number, name: string, wanted?: number): Element {
  view.visit()
  const found = view.u8(at, name)
  view.require(wanted === undefined || found === wanted, name, at, `tag ${wanted}`, `tag ${found}`)
  const first = view.u8(at + 1, name)
  if (first < 0x80) return within(view, at, found, 2, first, name)
  const count = first & 0x7f
  view.require(count >= 1 && count <= 3, name, at + 1, 'a length of at most 3 bytes', count)
  let length = 0
  for (let i = 0; i < count; i += 1) length = length * 256 + view.u8(at + 2 + i, name)
  return within(view, at, found, 2 + count, length, name)
}

function within(
  view: ByteView,
  at: number,
  found: number,
  header: number,
  length: number,
  name: string,
): Element {
  return { tag: found, content: view.part(at + header, length, name), end: at + header + length }
}

/** The last common name of a distinguished name: the most specific one. */
function nameOf(name: ByteView, field: string): string | null {
  let found: string | null = null
  let count = 0
  for (let at = 0; at < name.length;) {
    const relative = element(name, at, field, tag.set)
    for (let inner = 0; inner < relative.content.length;) {
      count += 1
      name.require(count <= maxAttributes, field, at, `at most ${maxAttributes} attributes`, 'more')
      const attribute = element(relative.content, inner, field, tag.sequence)
      found = commonNameOf(attribute.content, field) ?? found
      inner = attribute.end
    }
    at = relative.end
  }
  return found
}

function commonNameOf(attribute: ByteView, field: string): string | null {
  const type = element(attribute, 0, field, tag.oid)
  const oid = type.content.bytes(0, type.content.length, field)
  if (oid.length !== commonName.length || !commonName.every((byte, i) => oid[i] === byte)) return null
  const value = element(attribute, type.end, field)
  return decodeText(value.tag, value.content.bytes(0, value.content.length, field))
}

/** UTF-8 and its subsets, T61 as Latin-1, and BMPString. */
function decodeText(kind: number, data: Uint8Array): string {
  if (kind === 0x1e) return new TextDecoder('utf-16be').decode(data)
  return new TextDecoder(kind === 0x14 ? 'latin1' : 'utf-8').decode(data)
}
