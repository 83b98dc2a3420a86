import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { crc32 } from '../../formats/crc32.ts'
import { inputEvents } from '../qemu/input-events.ts'
import { encodePng } from './png.ts'
import { halved, parsePpm, type Picture } from './ppm.ts'

function picture(width: number, height: number): Picture {
  return {
    width,
    height,
    pixels: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 37) % 256),
  }
}

function ppm({ width, height, pixels }: Picture): Uint8Array {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels])
}

/** The pixels of a PNG as this program makes them: one IDAT, filter "up". */
function decode(png: Uint8Array): Picture {
  const data = Buffer.from(png)
  const [width, height] = [data.readUInt32BE(16), data.readUInt32BE(20)]
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < data.length;) {
    const length = data.readUInt32BE(at)
    const body = data.subarray(at + 4, at + 8 + length)
    expect(data.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const row = width * 3
  const pixels = new Uint8Array(row * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < row; x++)
      pixels[y * row + x] =
        (lines[y * (row + 1) + 1 + x] ?? 0) + (y === 0 ? 0 : (pixels[(y - 1) * row + x] ?? 0))
  return { width, height, pixels }
}

describe('a screen', () => {
  it('goes from a dump to PNG without a change', async () => {
    for (const [width, height] of [
      [1, 1],
      [7, 3],
      [64, 48],
    ] as const) {
      const shown = picture(width, height)
      expect(decode(await encodePng(expectOk(parsePpm(ppm(shown)))))).toEqual(shown)
    }
  })

  it('is halved by leaving out every second row and column', () => {
    const { pixels, ...size } = halved(picture(5, 3))
    expect(size).toEqual({ width: 2, height: 1 })
    expect([...pixels]).toEqual([0, 37, 74, 222, 3, 40])
    expect(halved(picture(1, 1))).toEqual(picture(1, 1))
  })

  it('is not read from what is no dump', () => {
    const whole = ppm(picture(4, 4))
    for (const data of [
      new Uint8Array(),
      whole.subarray(0, 20),
      Buffer.concat([whole, whole]),
      Buffer.from('P6\n0 0\n255\n'),
      Buffer.from('P5\n1 1\n255\nx'),
    ])
      expect(parsePpm(data)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  })
})

describe('input', () => {
  it('becomes what QEMU takes', () => {
    expect(inputEvents({ kind: 'key', key: 'ret', down: true })).toEqual([
      { type: 'key', data: { down: true, key: { type: 'qcode', data: 'ret' } } },
    ])
    expect(inputEvents({ kind: 'move', x: 0, y: 1 })).toEqual([
      { type: 'abs', data: { axis: 'x', value: 0 } },
      { type: 'abs', data: { axis: 'y', value: 32767 } },
    ])
  })
})
