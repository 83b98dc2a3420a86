import { ok, type Result } from '../../base/result.ts'
import { crc32 } from '../../formats/crc32.ts'

/** What some sectors held before they were changed. */
export interface SectorImage {
  /** Index of the disk. */
  readonly disk: number
  /** In bytes. */
  readonly offset: number
  readonly data: Uint8Array
}
export type SectorBatch = readonly SectorImage[]

/** The batches of a log in the order of appending, each read when it is asked for: a log may be larger than the memory. */
export interface SectorBatches {
  readonly length: number
  read(index: number): Result<SectorBatch>
}

/** Batches that are held in memory. */
export function batchesOf(list: readonly SectorBatch[]): SectorBatches {
  return { length: list.length, read: (index) => ok(list[index] ?? []) }
}

/** `BSB1`, then the payload's length and its CRC-32; the payload is a row of images: disk u32, offset u64, length u32, data. */
const magic = 0x31425342
const headerLength = 12
const imageHeader = 16

/** A batch as it lies in the log. */
export function encodeBatch(batch: SectorBatch): Uint8Array {
  const length = batch.reduce((sum, image) => sum + imageHeader + image.data.length, 0)
  const out = new Uint8Array(headerLength + length)
  const fields = new DataView(out.buffer)
  let at = headerLength
  for (const image of batch) {
    fields.setUint32(at, image.disk, true)
    fields.setBigUint64(at + 4, BigInt(image.offset), true)
    fields.setUint32(at + 12, image.data.length, true)
    out.set(image.data, at + imageHeader)
    at += imageHeader + image.data.length
  }
  fields.setUint32(0, magic, true)
  fields.setUint32(4, length, true)
  fields.setUint32(8, crc32(out.subarray(headerLength)), true)
  return out
}

/** Length of a batch's header in bytes. */
export const batchHeader = headerLength

/** How many bytes the batch takes whose header this is; null when it is no header. */
export function batchLength(header: Uint8Array): number | null {
  if (header.length < headerLength) return null
  const fields = new DataView(header.buffer, header.byteOffset, header.length)
  return fields.getUint32(0, true) === magic ? headerLength + fields.getUint32(4, true) : null
}

/** A batch from its bytes; null when they are torn or damaged. */
export function decodeBatch(data: Uint8Array): SectorBatch | null {
  if (batchLength(data) !== data.length) return null
  const payload = data.subarray(headerLength)
  const fields = new DataView(data.buffer, data.byteOffset, data.length)
  return fields.getUint32(8, true) === crc32(payload) ? decodeImages(payload) : null
}

function decodeImages(payload: Uint8Array): SectorBatch {
  const images: SectorImage[] = []
  const fields = new DataView(payload.buffer, payload.byteOffset, payload.length)
  for (let at = 0; at < payload.length;) {
    const length = fields.getUint32(at + 12, true)
    const data = payload.slice(at + imageHeader, at + imageHeader + length)
    images.push({ disk: fields.getUint32(at, true), offset: Number(fields.getBigUint64(at + 4, true)), data })
    at += imageHeader + length
  }
  return images
}
