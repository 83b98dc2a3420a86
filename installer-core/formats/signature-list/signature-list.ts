import { guid, guidToBytes, toHex, type Guid } from '../../base/guid.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'

/** What a list's signatures are (UEFI 2.10, 32.4.1). Other types are kept as they are. */
export const signatureType = {
  sha256: guid('c1c41626-504c-4092-aca9-41f936934328'),
  x509: guid('a5c059a1-94e4-4aa7-87b5-ab155c2bf072'),
  x509Sha256: guid('3bd2a492-96c0-4079-b420-fcf98ef103ed'),
} as const

/** One EFI_SIGNATURE_DATA. */
export interface Signature {
  readonly owner: Guid
  /** A hash, a DER certificate, or whatever the type holds. */
  readonly data: Uint8Array
}

/** One EFI_SIGNATURE_LIST: signatures of one type and one size. */
export interface SignatureList {
  readonly type: Guid
  readonly header: Uint8Array
  /** Bytes of one signature with its owner. */
  readonly signatureSize: number
  readonly signatures: readonly Signature[]
}

const listHeader = 28
const ownerSize = 16

/**
 * Reads the lists of a signature database (db, dbx, KEK, PK) to the last byte. Every byte ends up in one list; a size that
 * does not work out is `malformed`. Visits each list and signature once.
 */
export function parseSignatureLists(data: Uint8Array, work?: Work): Result<readonly SignatureList[]> {
  return parseWith('signature-list', data, (view) => readSignatureLists(view, 0), work)
}

/** The same from `offset` of a larger input to its end. */
export function readSignatureLists(view: ByteView, offset: number): readonly SignatureList[] {
  const lists: SignatureList[] = []
  let at = offset
  while (at < view.length) {
    const name = `lists[${lists.length}]`
    view.visit()
    const size = view.u32(at + 16, `${name}.size`)
    const fits = size >= listHeader && size <= view.length - at
    view.require(fits, `${name}.size`, at + 16, `${listHeader} to ${view.length - at}`, size)
    lists.push(readList(view.part(at, size, name), name))
    at += size
  }
  return lists
}

function readList(view: ByteView, name: string): SignatureList {
  const headerSize = view.u32(20, `${name}.headerSize`)
  const signatureSize = view.u32(24, `${name}.signatureSize`)
  const type = view.guid(0, `${name}.type`)
  view.require(
    headerSize <= view.length - listHeader,
    `${name}.headerSize`,
    20,
    'at most the list',
    headerSize,
  )
  const least = ownerSize + (type === signatureType.sha256 ? 32 : 1)
  const exact = type !== signatureType.sha256 || signatureSize === least
  view.require(signatureSize >= least && exact, `${name}.signatureSize`, 24, least, signatureSize)
  const room = view.length - listHeader - headerSize
  view.require(room % signatureSize === 0, `${name}.size`, 16, `a multiple of ${signatureSize}`, room)
  const signatures = Array.from({ length: room / signatureSize }, (_, i): Signature => {
    view.visit()
    const at = listHeader + headerSize + i * signatureSize
    const field = `${name}.signatures[${i}]`
    return {
      owner: view.guid(at, field),
      data: view.bytes(at + ownerSize, signatureSize - ownerSize, field),
    }
  })
  return { type, header: view.bytes(listHeader, headerSize, `${name}.header`), signatureSize, signatures }
}

/** The bytes of the lists. A signature whose size is not that of its list is a bug of the caller, hence thrown. */
export function serialiseSignatureLists(lists: readonly SignatureList[]): Uint8Array {
  const sizes = lists.map(
    (list) => listHeader + list.header.length + list.signatures.length * list.signatureSize,
  )
  const out = new Uint8Array(sizes.reduce((total, size) => total + size, 0))
  let at = 0
  lists.forEach((list, i) => {
    writeList(out.subarray(at), list, sizes[i] ?? 0)
    at += sizes[i] ?? 0
  })
  return out
}

function writeList(out: Uint8Array, list: SignatureList, size: number): void {
  const view = new DataView(out.buffer, out.byteOffset)
  out.set(guidToBytes(list.type))
  view.setUint32(16, size, true)
  view.setUint32(20, list.header.length, true)
  view.setUint32(24, list.signatureSize, true)
  out.set(list.header, listHeader)
  let at = listHeader + list.header.length
  for (const { owner, data } of list.signatures) {
    if (data.length + ownerSize !== list.signatureSize) throw new RangeError('a signature of another size')
    out.set(guidToBytes(owner), at)
    out.set(data, at + ownerSize)
    at += list.signatureSize
  }
}

/** The X.509 certificates (DER) in the lists. */
export function certificatesOf(lists: readonly SignatureList[]): readonly Uint8Array[] {
  return signaturesOf(lists, signatureType.x509).map(({ data }) => data)
}

/** The SHA-256 hashes in the lists, as hex digits. */
export function hashesOf(lists: readonly SignatureList[]): readonly string[] {
  return signaturesOf(lists, signatureType.sha256).map(({ data }) => toHex(data))
}

function signaturesOf(lists: readonly SignatureList[], type: Guid): readonly Signature[] {
  return lists.filter((list) => list.type === type).flatMap((list) => list.signatures)
}
