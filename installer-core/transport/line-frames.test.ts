import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { frameLimit } from '../api/wire-values.ts'
import { seeded } from '../formats/testing/fuzz.ts'
import { LineFrames } from './line-frames.ts'
import { streamTransport } from './stream-transport.ts'

function collect(limit: number) {
  const frames: string[] = []
  let tooLong = 0
  return {
    frames,
    tooLong: () => tooLong,
    lines: new LineFrames(
      limit,
      (frame) => frames.push(frame),
      () => (tooLong += 1),
    ),
  }
}

describe('frames as lines', () => {
  it('come out whole, however the bytes are cut', () => {
    const wanted = ['{"a":"ü€😀"}', '{}', '{"b":[1,2,3]}', `{"c":"${'x'.repeat(500)}"}`]
    const bytes = Buffer.from(`${wanted.join('\n')}\n`)
    const random = seeded(7)
    for (let round = 0; round < 500; round++) {
      const { frames, lines } = collect(1000)
      for (let at = 0; at < bytes.length;) {
        const end = Math.min(bytes.length, at + 1 + Math.floor(random() * (round < 10 ? 1 : 200)))
        lines.take(bytes.subarray(at, end))
        at = end
      }
      expect(frames).toEqual(wanted)
    }
  })

  it('may be as long as the limit and no longer', () => {
    const fits = collect(10)
    fits.lines.take(Buffer.from('0123456789\n\r\n\n'))
    expect([fits.frames, fits.tooLong()]).toEqual([['0123456789'], 0])
    const over = collect(10)
    over.lines.take(Buffer.from('ok\n0123456789'))
    over.lines.take(Buffer.from('a'))
    over.lines.take(Buffer.from('\nlate\n'))
    expect([over.frames, over.tooLong()]).toEqual([['ok'], 1])
  })
})

describe('a connection on streams', () => {
  it('is closed by a line that is too long, without keeping it', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const transport = streamTransport(input, output)
    const frames: string[] = []
    transport.onFrame((frame) => frames.push(frame))
    const closed = new Promise<void>((resolve) => transport.onClose(resolve))
    input.write('first\n')
    for (let i = 0; i <= frameLimit / 65536; i++) input.write(Buffer.alloc(65536, 0x78))
    await closed
    expect(frames).toEqual(['first'])
    transport.send('after')
    expect(output.read()).toBeNull()
  })

  it('tells of its end once when the other side goes', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const transport = streamTransport(input, output)
    let told = 0
    const closed = new Promise<void>((resolve) =>
      transport.onClose(() => {
        told += 1
        resolve()
      }),
    )
    input.end()
    input.resume()
    await closed
    transport.close()
    await new Promise((resolve) => setImmediate(resolve))
    expect(told).toBe(1)
  })
})
