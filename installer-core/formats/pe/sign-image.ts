import { alignUp } from '../../base/bytes.ts'
import { joinBytes } from '../../base/join-bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { integer, nothing, numbered, octets, oid, sequence, set } from '../der/write-der.ts'
import { parseCertificateIdentity } from '../signature-list/certificate.ts'
import { authenticodeInput, feedAuthenticode } from './authenticode.ts'
import { parsePe } from './parse-pe.ts'

/** Who signs: hashing and the private key's work belong to the caller. */
export interface ImageSigner {
  /** X.509 in DER; an RSA certificate. */
  readonly certificate: Uint8Array
  sha256(data: readonly Uint8Array[]): Uint8Array
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2) over these bytes. */
  sign(data: Uint8Array): Uint8Array
}

const id = {
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  indirectData: '1.3.6.1.4.1.311.2.1.4',
  peImageData: '1.3.6.1.4.1.311.2.1.15',
} as const
const winCertificate = { header: 8, revision: 0x200, pkcsSignedData: 2 } as const

/**
 * Signs an EFI image for Secure Boot ("Windows Authenticode Portable Executable Signature Format"; UEFI 2.10, 32.2.4).
 * No time goes in: equal image, key and certificate give equal bytes. `unsupported` for an image that is signed already
 * or that has no place for a signature, `malformed` for what is no image or no certificate.
 */
export function signImage(file: Uint8Array, signer: ImageSigner): Result<Uint8Array> {
  const image = parsePe(file)
  if (!image.ok) return image
  const entry = image.value.certificateEntryOffset
  if (entry === null || image.value.certificates !== null)
    return fail('unsupported', { what: 'signing an image that is signed or takes no signature' })
  const covered = authenticodeInput(image.value)
  if (!covered.ok) return covered
  const identity = parseCertificateIdentity(signer.certificate)
  if (!identity.ok) return identity
  const parts: Uint8Array[] = []
  feedAuthenticode(file, covered.value, (data) => parts.push(data))
  const signature = signedData(signer, identity.value, signer.sha256(parts))
  return ok(withSignature(file, entry, signature))
}

const algorithm = (name: string) => sequence(oid(name), nothing())

/** PKCS #7 (RFC 2315, 9.1) over the image's digest, with the certificate and one signer. */
function signedData(signer: ImageSigner, identity: Uint8Array, imageDigest: Uint8Array): Uint8Array {
  const content = [peImageData(), sequence(algorithm(id.sha256), octets(imageDigest))]
  const attributes = [
    sequence(oid(id.contentType), set(oid(id.indirectData))),
    sequence(oid(id.messageDigest), set(octets(signer.sha256(content)))),
  ]
  // What is signed is the set; in the message it stands under the number 0 instead of a set's tag (RFC 2315, 9.3).
  const signed = set(...attributes)
  const signerInfo = sequence(
    integer(Uint8Array.of(1)),
    identity,
    algorithm(id.sha256),
    numbered(0, joinBytes(attributes), 'constructed'),
    algorithm(id.rsaEncryption),
    octets(signer.sign(signed)),
  )
  const body = sequence(
    integer(Uint8Array.of(1)),
    set(algorithm(id.sha256)),
    sequence(oid(id.indirectData), numbered(0, sequence(...content), 'constructed')),
    numbered(0, signer.certificate, 'constructed'),
    set(signerInfo),
  )
  return sequence(oid(id.signedData), numbered(0, body, 'constructed'))
}

/** SpcPeImageData: no flags, and a file name that the format asks for and nobody reads. */
function peImageData(): Uint8Array {
  const noFlags = Uint8Array.of(0x03, 0x01, 0x00)
  const obsolete = Uint8Array.from([...'<<<Obsolete>>>'].flatMap((sign) => [0, sign.charCodeAt(0)]))
  const name = numbered(2, numbered(0, obsolete, 'primitive'), 'constructed')
  return sequence(oid(id.peImageData), sequence(noFlags, numbered(0, name, 'constructed')))
}

/** The file, filled up to a multiple of 8, the certificate table after it, and its place in the header. */
function withSignature(file: Uint8Array, entry: number, signature: Uint8Array): Uint8Array {
  const start = alignUp(file.length, 8)
  const length = winCertificate.header + signature.length
  const out = new Uint8Array(start + alignUp(length, 8))
  out.set(file)
  out.set(signature, start + winCertificate.header)
  const fields = new DataView(out.buffer)
  fields.setUint32(start, alignUp(length, 8), true)
  fields.setUint16(start + 4, winCertificate.revision, true)
  fields.setUint16(start + 6, winCertificate.pkcsSignedData, true)
  fields.setUint32(entry, start, true)
  fields.setUint32(entry + 4, alignUp(length, 8), true)
  return out
}
