import { malformed, ok, type Result } from '../../base/result.ts'

/** A picture: three bytes a pixel, row by row from the top. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const header = /^P6[ \t\r\n]+(\d{1,5})[ \t\r\n]+(\d{1,5})[ \t\r\n]+255[ \t\r\n]/

/** Reads a binary portable pixmap with 8 bits a colour (Netpbm, "PPM Format Specification"): QEMU's screen dump. */
export function parsePpm(data: Uint8Array): Result<Picture> {
  const start = String.fromCharCode(...data.subarray(0, 32))
  const match = header.exec(start)
  if (match === null) return malformed('ppm', 'header', 0, 'P6 with 255 levels', start.slice(0, 2))
  const [width, height] = [Number(match[1]), Number(match[2])]
  const pixels = data.subarray(match[0].length)
  const required = width * height * 3
  if (required === 0 || pixels.length !== required)
    return malformed('ppm', 'pixels', match[0].length, required, pixels.length)
  return ok({ width, height, pixels })
}

/** Half as wide and half as high: every second pixel of every second row. */
export function halved({ width, height, pixels }: Picture): Picture {
  const [halfWidth, halfHeight] = [Math.max(1, width >> 1), Math.max(1, height >> 1)]
  const out = new Uint8Array(halfWidth * halfHeight * 3)
  for (let y = 0; y < halfHeight; y++)
    for (let x = 0; x < halfWidth; x++) {
      const from = (y * 2 * width + x * 2) * 3
      out.set(pixels.subarray(from, from + 3), (y * halfWidth + x) * 3)
    }
  return { width: halfWidth, height: halfHeight, pixels: out }
}
