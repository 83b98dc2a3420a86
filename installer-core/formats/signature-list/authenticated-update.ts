import { guid } from '../../base/guid.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import { readSignatureLists, serialiseSignatureLists, type SignatureList } from './signature-list.ts'

const pkcs7 = guid('4aafd29d-68df-49ee-8aa9-347d375665a7')
const timeSize = 16
const certificateHeader = 24

/** A signed update of a signature database: EFI_VARIABLE_AUTHENTICATION_2, then the lists (UEFI 2.10, 8.2.2). */
export interface AuthenticatedUpdate {
  /** When it was made, ISO 8601 in UTC. */
  readonly time: string
  /** The whole header as stored: time, certificate header and signature. */
  readonly authentication: Uint8Array
  /** The PKCS#7 SignedData. */
  readonly signature: Uint8Array
  readonly lists: readonly SignatureList[]
}

/** Reads an update file as Microsoft and makers of PCs publish them; does not check its signature. */
export function parseAuthenticatedUpdate(data: Uint8Array, work?: Work): Result<AuthenticatedUpdate> {
  return parseWith(
    'authenticated-update',
    data,
    (view: ByteView) => {
      const length = view.u32(timeSize, 'authentication.length')
      const fits = length >= certificateHeader && timeSize + length <= view.length
      const most = view.length - timeSize
      view.require(fits, 'authentication.length', timeSize, `${certificateHeader} to ${most}`, length)
      const revision = view.u16(timeSize + 4, 'authentication.revision')
      view.require(revision === 0x200, 'authentication.revision', timeSize + 4, 0x200, revision)
      const kind = view.u16(timeSize + 6, 'authentication.kind')
      view.require(kind === 0xef1, 'authentication.kind', timeSize + 6, 0xef1, kind)
      const type = view.guid(timeSize + 8, 'authentication.type')
      view.require(type === pkcs7, 'authentication.type', timeSize + 8, pkcs7, type)
      return {
        time: readTime(view),
        authentication: view.bytes(0, timeSize + length, 'authentication'),
        signature: view.bytes(
          timeSize + certificateHeader,
          length - certificateHeader,
          'authentication.signature',
        ),
        lists: readSignatureLists(view, timeSize + length),
      }
    },
    work,
  )
}

/** The bytes of an update file. */
export function serialiseAuthenticatedUpdate(update: AuthenticatedUpdate): Uint8Array {
  const lists = serialiseSignatureLists(update.lists)
  const out = new Uint8Array(update.authentication.length + lists.length)
  out.set(update.authentication)
  out.set(lists, update.authentication.length)
  return out
}

/** An EFI_TIME whose zone and fractions are zero, as the specification wants it here. */
function readTime(view: ByteView): string {
  const two = (offset: number, name: string, least: number, most: number) => {
    const value = view.u8(offset, `time.${name}`)
    view.require(value >= least && value <= most, `time.${name}`, offset, `${least} to ${most}`, value)
    return String(value).padStart(2, '0')
  }
  const year = String(view.u16(0, 'time.year')).padStart(4, '0')
  const date = `${year}-${two(2, 'month', 1, 12)}-${two(3, 'day', 1, 31)}`
  return `${date}T${two(4, 'hour', 0, 23)}:${two(5, 'minute', 0, 59)}:${two(6, 'second', 0, 59)}Z`
}
