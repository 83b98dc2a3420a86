import { alignUp } from '../../base/bytes.ts'
import type { Guid } from '../../base/guid.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import {
  authenticatedStore,
  recordHeader,
  recordState,
  storeHeader,
  variableVolume,
  volumeHeader,
} from './layout.ts'

/** What an authenticated variable carries besides its data (UEFI 2.10, 8.2.6); all zero for the others. */
export interface Authentication {
  readonly monotonicCount: bigint
  /** The 16 bytes of an EFI_TIME. */
  readonly time: Uint8Array
  readonly publicKeyIndex: number
}

/** One variable that the firmware would find. */
export interface StoredVariable {
  readonly vendor: Guid
  readonly name: string
  /** EFI_VARIABLE_* bits. */
  readonly attributes: number
  readonly data: Uint8Array
  readonly authentication: Authentication
  /** `recordState.live` or, when a cut hit its replacement, `recordState.inDeletion`. */
  readonly state: number
  /** Where its record starts, in bytes from the start of the image. */
  readonly offset: number
  /** Length of the record without the padding after it, in bytes. */
  readonly length: number
}

/** A variable store as it lies in a firmware image; offsets and sizes in bytes. */
export interface Varstore {
  /** Size of the firmware volume at the start of the image: 0x20000 (2 MB build) or 0x84000 (4 MB build) of OVMF. */
  readonly volumeSize: number
  readonly recordsStart: number
  /** Where the next record goes. */
  readonly freeStart: number
  /** End of the store; fault-tolerant write areas follow. */
  readonly end: number
  /** What the firmware finds, in the order of the store. */
  readonly variables: readonly StoredVariable[]
  /** Every record that counts as live or in deletion, also those that another one hides. */
  readonly records: readonly StoredVariable[]
}

/**
 * Reads the variable store of EDK II (OVMF_VARS.fd): firmware volume header with its checksum, store header,
 * authenticated variables in every state. Malformed when a header or a size is wrong or a record passes the end.
 */
export function parseVarstore(image: Uint8Array, work?: Work): Result<Varstore> {
  return parseWith('varstore', image, readStore, work)
}

function readStore(view: ByteView): Varstore {
  const volumeSize = readVolumeHeader(view)
  const end = readStoreHeader(view, volumeSize)
  const recordsStart = alignUp(volumeHeader.length + storeHeader.length, recordHeader.alignment)
  const records: StoredVariable[] = []
  let at = recordsStart
  while (at + recordHeader.length <= end && view.u16(at, 'record start') === recordHeader.startIdValue) {
    view.visit()
    const sizes = readSizes(view, at, end)
    const state = view.u8(at + recordHeader.state, 'record state')
    if (state === recordState.live || state === recordState.inDeletion)
      records.push(readRecord(view, at, sizes, state))
    at = alignUp(at + sizes.total, recordHeader.alignment)
  }
  return { volumeSize, recordsStart, freeStart: Math.min(at, end), end, records, variables: visible(records) }
}

function readVolumeHeader(view: ByteView): number {
  const h = volumeHeader
  const signature = view.u32(h.signature, 'volume signature')
  view.require(signature === h.signatureValue, 'volume signature', h.signature, '_FVH', signature)
  const fileSystem = view.guid(h.fileSystem, 'volume type')
  view.require(fileSystem === variableVolume, 'volume type', h.fileSystem, variableVolume, fileSystem)
  const length = view.u16(h.headerLength, 'volume header length')
  view.require(length === h.length, 'volume header length', h.headerLength, h.length, length)
  let sum = 0
  for (let at = 0; at < h.length; at += 2) sum = (sum + view.u16(at, 'volume header')) & 0xffff
  view.require(sum === 0, 'volume header checksum', h.checksum, 'a sum of 0', sum)
  const size = view.u64(h.volumeSize, 'volume size')
  view.require(size <= view.length, 'volume size', h.volumeSize, `at most ${view.length}`, size)
  const mapped = view.u32(h.blockCount, 'block count') * view.u32(h.blockSize, 'block size')
  view.require(mapped === size, 'block map', h.blockCount, size, mapped)
  return size
}

function readStoreHeader(view: ByteView, volumeSize: number): number {
  const start = volumeHeader.length
  const type = view.guid(start, 'store type')
  view.require(type === authenticatedStore, 'store type', start, authenticatedStore, type)
  const at = start + storeHeader.size
  const size = view.u32(at, 'store size')
  const room = volumeSize - start
  view.require(
    size >= storeHeader.length && size <= room,
    'store size',
    at,
    `${storeHeader.length} to ${room}`,
    size,
  )
  const format = view.u8(start + storeHeader.format, 'store format')
  view.require(
    format === storeHeader.formatted,
    'store format',
    start + storeHeader.format,
    storeHeader.formatted,
    format,
  )
  const state = view.u8(start + storeHeader.state, 'store state')
  view.require(
    state === storeHeader.healthy,
    'store state',
    start + storeHeader.state,
    storeHeader.healthy,
    state,
  )
  return start + size
}

interface Sizes {
  readonly name: number
  readonly data: number
  readonly total: number
}

/** A cut between the header's bytes leaves fields of ones: such a record has no name and no data, as EDK II counts. */
function readSizes(view: ByteView, at: number, end: number): Sizes {
  const blank = 0xffffffff
  const name = view.u32(at + recordHeader.nameSize, 'name size')
  const data = view.u32(at + recordHeader.dataSize, 'data size')
  const attributes = view.u32(at + recordHeader.attributes, 'attributes')
  const state = view.u8(at + recordHeader.state, 'record state')
  if (state === recordState.blank || name === blank || data === blank || attributes === blank)
    return { name: 0, data: 0, total: recordHeader.length }
  const room = end - at - recordHeader.length
  view.require(name <= room, 'name size', at + recordHeader.nameSize, `at most ${room}`, name)
  view.require(data <= room - name, 'data size', at + recordHeader.dataSize, `at most ${room - name}`, data)
  return { name, data, total: recordHeader.length + name + data }
}

function readRecord(view: ByteView, at: number, sizes: Sizes, state: number): StoredVariable {
  const nameAt = at + recordHeader.length
  return {
    vendor: view.guid(at + recordHeader.vendor, 'vendor'),
    name: readName(view, nameAt, sizes.name, at + recordHeader.nameSize),
    attributes: view.u32(at + recordHeader.attributes, 'attributes'),
    data: view.bytes(nameAt + sizes.name, sizes.data, 'data'),
    authentication: {
      monotonicCount:
        BigInt(view.u32(at + recordHeader.monotonicCount, 'monotonic count')) |
        (BigInt(view.u32(at + recordHeader.monotonicCount + 4, 'monotonic count')) << 32n),
      time: view.bytes(at + recordHeader.time, 16, 'time'),
      publicKeyIndex: view.u32(at + recordHeader.publicKeyIndex, 'public key index'),
    },
    state,
    offset: at,
    length: sizes.total,
  }
}

function readName(view: ByteView, at: number, size: number, sizeAt: number): string {
  view.require(size >= 2 && size % 2 === 0, 'name size', sizeAt, 'even, at least 2', size)
  const last = view.u16(at + size - 2, 'name')
  view.require(last === 0, 'name', at + size - 2, 'a final NUL', last)
  let name = ''
  for (let unit = 0; unit < size - 2; unit += 2) name += String.fromCharCode(view.u16(at + unit, 'name'))
  return name
}

/** One record per variable: the first live one, else the last one in deletion (what EDK II returns). */
function visible(records: readonly StoredVariable[]): readonly StoredVariable[] {
  const chosen = new Map<string, StoredVariable>()
  for (const record of records) {
    const key = `${record.vendor} ${record.name}`
    if (chosen.get(key)?.state !== recordState.live) chosen.set(key, record)
  }
  return records.filter((record) => chosen.get(`${record.vendor} ${record.name}`) === record)
}
