import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { crc32 } from '../../formats/crc32.ts'
import type { Picture } from './ppm.ts'

const deflated = promisify<Uint8Array, { level: number }, Buffer>(deflate)
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Filter type 2, "up": each row as the difference from the one above; screens have many equal rows. */
const up = 2

/** A picture as PNG: 8 bits, truecolour, not interlaced (PNG Specification, third edition, sections 5 and 9). */
export async function encodePng({ width, height, pixels }: Picture): Promise<Uint8Array> {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const data = await deflated(filtered(pixels, width * 3, height), { level: 1 })
  return Buffer.concat([
    Buffer.from(signature),
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function filtered(pixels: Uint8Array, row: number, height: number): Uint8Array {
  const out = new Uint8Array((row + 1) * height)
  for (let y = 0; y < height; y++) {
    const to = y * (row + 1)
    out[to] = up
    for (let x = 0; x < row; x++) {
      const above = y === 0 ? 0 : (pixels[(y - 1) * row + x] ?? 0)
      out[to + 1 + x] = (pixels[y * row + x] ?? 0) - above
    }
  }
  return out
}

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  out.set(data, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}
