import { alignUp } from '../../base/bytes.ts'
import { malformed, ok, type Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import { optionalHeader } from './layout.ts'
import type { PeImage } from './parse-pe.ts'

/** A part of a file: from `start` up to, not including, `end`, in bytes. */
export interface FileRange {
  readonly start: number
  readonly end: number
}

/** What the Authenticode digest of an image covers, in this order. */
export interface AuthenticodeInput {
  readonly ranges: readonly FileRange[]
  /** Zero bytes after the last range: a signer pads the file to a multiple of 8. */
  readonly padding: number
}

/**
 * The bytes that the Authenticode digest covers ("Windows Authenticode Portable Executable Signature Format",
 * "Calculating the PE Image Hash"): all but the checksum, the certificate table and its directory entry.
 * Malformed when sections overlap or the certificate table is not the end of the file.
 */
export function authenticodeInput(image: PeImage): Result<AuthenticodeInput> {
  const sections = image.sections
    .filter((section) => section.rawSize > 0)
    .map((section) => ({ start: section.rawOffset, end: section.rawOffset + section.rawSize }))
    .sort((a, b) => a.start - b.start)
  let covered = image.sizeOfHeaders
  for (const { start, end } of sections) {
    if (start < covered) return malformed('pe', 'section offset in file', start, `at least ${covered}`, start)
    covered = end
  }
  const contentEnd = image.fileSize - (image.certificates?.size ?? 0)
  if (image.certificates !== null && image.certificates.offset !== contentEnd)
    return malformed(
      'pe',
      'certificate table offset',
      image.certificateEntryOffset ?? 0,
      contentEnd,
      image.certificates.offset,
    )
  if (covered > contentEnd)
    return malformed('pe', 'certificate table offset', contentEnd, `at least ${covered}`, contentEnd)
  const ranges = [...headerRanges(image), ...sections, { start: covered, end: contentEnd }]
  return ok({
    ranges: ranges.filter(({ start, end }) => start < end),
    padding: alignUp(contentEnd, 8) - contentEnd,
  })
}

/** Feeds those bytes of a file to a hash. */
export function feedAuthenticode(
  file: Uint8Array,
  input: AuthenticodeInput,
  update: (data: Uint8Array) => void,
): void {
  for (const { start, end } of input.ranges) update(file.subarray(start, end))
  if (input.padding > 0) update(new Uint8Array(input.padding))
}

/** One signature: WIN_CERTIFICATE (UEFI 2.10, 32.2.4). */
export interface CertificateEntry {
  readonly revision: number
  /** 2 = PKCS #7 signed data. */
  readonly type: number
  readonly data: Uint8Array
}

/** Lists the certificate table of a whole file; empty for an unsigned image. */
export function readCertificates(
  file: Uint8Array,
  image: PeImage,
  work?: Work,
): Result<readonly CertificateEntry[]> {
  const { certificates } = image
  if (certificates === null) return ok([])
  return parseWith(
    'pe',
    file,
    (view) => {
      const table: ByteView = view.part(certificates.offset, certificates.size, 'certificate table')
      const entries: CertificateEntry[] = []
      for (let at = 0; at + 8 <= table.length;) {
        table.visit()
        const length = table.u32(at, 'certificate length')
        table.require(length >= 8, 'certificate length', at, 'at least 8', length)
        entries.push({
          revision: table.u16(at + 4, 'certificate revision'),
          type: table.u16(at + 6, 'certificate type'),
          data: table.bytes(at + 8, length - 8, 'certificate'),
        })
        at += alignUp(length, 8)
      }
      return entries
    },
    work,
  )
}

function headerRanges(image: PeImage): readonly FileRange[] {
  const checksum = image.optionalOffset + optionalHeader.checksum
  const afterChecksum = checksum + 4
  const entry = image.certificateEntryOffset
  const first = { start: 0, end: checksum }
  if (entry === null) return [first, { start: afterChecksum, end: image.sizeOfHeaders }]
  return [first, { start: afterChecksum, end: entry }, { start: entry + 8, end: image.sizeOfHeaders }]
}
