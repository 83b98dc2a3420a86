import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { fuzz } from '../../formats/testing/fuzz.ts'
import { numberAfter, probeVolume, runTool, withImage } from '../testing/image-tools.ts'
import { parseExt } from './ext.ts'

const uuid = '12345678-9abc-4def-8123-456789abcdef'
const superblock = 1024

describe('ext as mke2fs makes it', () => {
  it.each(['ext2', 'ext3', 'ext4'])('%s', async (kind) => {
    await withImage(48 * MiB, async (image) => {
      runTool('mke2fs', ['-q', '-F', '-t', kind, '-U', uuid, '-L', 'daten', image])
      runTool('debugfs', ['-w', '-R', 'write /bin/sh sh', image])
      const dump = runTool('dumpe2fs', ['-h', image])
      const blockSize = numberAfter(dump, /Block size:/)
      const volume = await probeVolume(image)
      expect(volume).toMatchObject({ fileSystem: kind, uuid, label: 'daten', dirty: false })
      expect(volume.free).toBe(numberAfter(dump, /Free blocks:/) * blockSize)
      expect(volume.size).toBe(numberAfter(dump, /Block count:/) * blockSize)
    })
  })

  it.each([
    { name: 'a journal to replay', at: 96, set: 0x4, clear: 0 },
    { name: 'errors noted', at: 58, set: 0x2, clear: 0 },
    { name: 'no clean end', at: 58, set: 0, clear: 0x1 },
  ])('$name makes it dirty', async ({ at, set, clear }) => {
    await withImage(16 * MiB, async (image) => {
      runTool('mke2fs', ['-q', '-F', '-t', 'ext4', image])
      const data = new Uint8Array(readFileSync(image))
      data[superblock + at] = ((data[superblock + at] ?? 0) | set) & ~clear
      expect((await probeVolume(data)).dirty).toBe(true)
    })
  })

  it('a superblock that contradicts itself is unknown', async () => {
    await withImage(16 * MiB, async (image) => {
      runTool('mke2fs', ['-q', '-F', '-t', 'ext4', image])
      const data = new Uint8Array(readFileSync(image))
      data.fill(0xff, superblock + 12, superblock + 16)
      expect((await probeVolume(data)).fileSystem).toBe('unknown')
    })
  })
})

it('ext parser core: mutated inputs neither throw nor escape their bounds', async () => {
  const seeds: Uint8Array[] = []
  for (const kind of ['ext2', 'ext4'])
    await withImage(16 * MiB, (image) => {
      runTool('mke2fs', ['-q', '-F', '-t', kind, image])
      seeds.push(new Uint8Array(readFileSync(image)).slice(1024, 2048))
    })
  const whole = (data: Uint8Array) => {
    const out = new Uint8Array(superblock + data.length)
    out.set(data, superblock)
    return out
  }
  const result = fuzz({
    name: 'ext',
    seeds,
    repair: (data) => data.length > 57 && data.set([0x53, 0xef], 56),
    parse: (data, work) => parseExt(whole(data), work),
    bound: () => ({ bytes: 256, entries: 0 }),
  })
  expect(result.accepted).toBeGreaterThan(1000)
})
