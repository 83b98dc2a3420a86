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

/** All whole batches from the start, and how many bytes they take; stops at the first that is torn or damaged. */
export function decodeBatches(data: Uint8Array): {
  readonly batches: readonly SectorBatch[]
  readonly length: number
} {
  const batches: SectorBatch[] = []
  let at = 0
  for (;;) {
    const length = wholeBatch(data, at)
    if (length === null) return { batches, length: at }
    batches.push(decodeImages(data.subarray(at + headerLength, at + headerLength + length)))
    at += headerLength + length
  }
}

function wholeBatch(data: Uint8Array, at: number): number | null {
  if (at + headerLength > data.length) return null
  const fields = new DataView(data.buffer, data.byteOffset + at, data.length - at)
  const length = fields.getUint32(4, true)
  if (fields.getUint32(0, true) !== magic || at + headerLength + length > data.length) return null
  const payload = data.subarray(at + headerLength, at + headerLength + length)
  return fields.getUint32(8, true) === crc32(payload) ? length : null
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
