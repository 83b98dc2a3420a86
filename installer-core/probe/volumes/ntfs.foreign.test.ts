import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KiB, MiB } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { fuzz } from '../../formats/testing/fuzz.ts'
import { memoryDevice } from '../testing/memory-device.ts'
import { numberAfter, probeVolume, runTool, withImage } from '../testing/image-tools.ts'
import { parseNtfsBoot } from './ntfs-boot.ts'
import { parseAttributeList } from './ntfs-attribute-list.ts'
import { parseIndexBlock, parseIndexRoot } from './ntfs-index.ts'
import { isLogClean, parseRestartPage } from './ntfs-log.ts'
import { parseNtfsRecord } from './ntfs-record.ts'
import { readVolume } from './read-volume.ts'
import { partitionReader } from './volume-reader.ts'

const makeNtfs = (image: string, ...options: string[]) =>
  runTool('mkntfs', ['-q', '-Q', '-F', '-L', 'Größe', ...options, image])

/** Puts a file into an image by ntfs-3g's own tool. */
function copyIn(image: string, folder: string, name: string, content: Uint8Array): void {
  const source = join(folder, 'content')
  writeFileSync(source, content)
  runTool('ntfscp', ['-f', image, source, name])
}

const hibernation = (mark: string, size = 20 * KiB) => {
  const content = new Uint8Array(size)
  content.set(new TextEncoder().encode(mark))
  return content
}

describe('NTFS as mkntfs makes it', () => {
  it.each([
    { cluster: '4096', sector: '512' },
    { cluster: '512', sector: '512' },
    { cluster: '65536', sector: '512' },
    { cluster: '4096', sector: '4096' },
  ])('clusters of $cluster bytes, sectors of $sector', async ({ cluster, sector }) => {
    await withImage(48 * MiB, async (image, folder) => {
      makeNtfs(image, '-c', cluster, '-s', sector)
      copyIn(image, folder, 'some.bin', new Uint8Array(3 * MiB).fill(7))
      const told = runTool('ntfsinfo', ['-m', image])
      const volume = await probeVolume(image)
      expect(volume).toMatchObject({ fileSystem: 'ntfs', label: 'Größe', dirty: false, hibernated: false })
      expect(volume.free).toBe(numberAfter(told, /Free Clusters:/) * Number(cluster))
      expect(volume.uuid).toMatch(/^[0-9a-f]{16}$/)
      expect(volume.size).toBeGreaterThan(48 * MiB - 2 * 65_536)
      expect(volume.size).toBeLessThanOrEqual(48 * MiB)
    })
  })

  it('is dirty when ntfsfix asked for a check', async () => {
    await withImage(16 * MiB, async (image) => {
      makeNtfs(image)
      runTool('ntfsfix', [image])
      expect((await probeVolume(image)).dirty).toBe(true)
    })
  })

  it.each([
    { name: 'hibernated', content: hibernation('hibr'), expected: true },
    { name: 'in Fast Startup', content: hibernation('HIBR'), expected: true },
    { name: 'hibernated, tiny', content: hibernation('hibr', 64), expected: true },
    { name: 'resumed', content: hibernation('RSTR'), expected: false },
    { name: 'never hibernated', content: new Uint8Array(64 * KiB), expected: false },
    { name: 'with an empty file', content: new Uint8Array(0), expected: false },
  ])('HC-12 Windows $name: hibernated is $expected', async ({ content, expected }) => {
    await withImage(16 * MiB, async (image, folder) => {
      makeNtfs(image)
      copyIn(image, folder, 'hiberfil.sys', content)
      expect((await probeVolume(image)).hibernated).toBe(expected)
    })
  })

  it('finds hiberfil.sys in any case among many names', async () => {
    await withImage(16 * MiB, async (image, folder) => {
      makeNtfs(image)
      for (let i = 0; i < 120; i += 1)
        copyIn(image, folder, `${'a file with a rather long name '.repeat(5)}${i}`, new Uint8Array(10))
      expect((await probeVolume(image)).hibernated).toBe(false)
      copyIn(image, folder, 'HIBERFIL.SYS', hibernation('HIBR'))
      expect((await probeVolume(image)).hibernated).toBe(true)
    })
  })

  it('is dirty, with free space unknown, when its file table is overwritten', async () => {
    await withImage(16 * MiB, async (image) => {
      makeNtfs(image)
      const data = new Uint8Array(readFileSync(image))
      const { mftStart } = expectOk(parseNtfsBoot(data.subarray(0, 512)))
      data.fill(0, mftStart, mftStart + 4096)
      expect(await probeVolume(data)).toMatchObject({
        fileSystem: 'ntfs',
        dirty: true,
        free: null,
        hibernated: null,
      })
    })
  })

  it('is dirty when a record of the file table was half written', async () => {
    await withImage(16 * MiB, async (image) => {
      makeNtfs(image)
      const data = new Uint8Array(readFileSync(image))
      const boot = expectOk(parseNtfsBoot(data.subarray(0, 512)))
      const bitmapRecord = boot.mftStart + 6 * boot.recordSize
      data[bitmapRecord + 510] = (data[bitmapRecord + 510] ?? 0) ^ 0xff
      expect(await probeVolume(data)).toMatchObject({ fileSystem: 'ntfs', dirty: true, free: null })
    })
  })

  it('is unknown when the disk does not read', async () => {
    await withImage(16 * MiB, async (image) => {
      makeNtfs(image)
      const data = new Uint8Array(readFileSync(image))
      const { mftStart } = expectOk(parseNtfsBoot(data.subarray(0, 512)))
      const device = memoryDevice(data, 512, [[mftStart, mftStart + 512]])
      const volume = await readVolume(partitionReader(device, 0, data.length))
      expect(volume.fileSystem).toBe('unknown')
    })
  })
})

/** A restart page as Windows writes it, with a right update sequence. */
function restartPage(newest: number, clients: number, flags: number): Uint8Array {
  const page = new Uint8Array(4096)
  const view = new DataView(page.buffer)
  page.set(new TextEncoder().encode('RSTR'))
  view.setUint16(4, 30, true)
  view.setUint16(6, 9, true)
  view.setUint16(24, 64, true)
  view.setUint32(64, newest, true)
  view.setUint16(64 + 12, clients, true)
  view.setUint16(64 + 14, flags, true)
  view.setUint16(30, 7, true)
  for (let i = 1; i <= 8; i += 1) {
    view.setUint16(30 + 2 * i, view.getUint16(512 * i - 2, true), true)
    view.setUint16(512 * i - 2, 7, true)
  }
  return page
}

describe('the NTFS log', () => {
  const log = (...pages: Uint8Array[]) => Uint8Array.from(pages.flatMap((page) => [...page]))
  const open = (newest: number) => restartPage(newest, 0, 0)
  const closed = (newest: number) => restartPage(newest, 0xffff, 0)
  it('is clean when never used, without clients or with the flag', () => {
    expect(isLogClean(new Uint8Array(8192).fill(0xff), 4096)).toBe(true)
    expect(isLogClean(log(closed(1), closed(2)), 4096)).toBe(true)
    expect(isLogClean(log(restartPage(1, 0, 2), restartPage(2, 0, 2)), 4096)).toBe(true)
  })
  it('is judged by the newer page', () => {
    expect(isLogClean(log(open(9), closed(3)), 4096)).toBe(false)
    expect(isLogClean(log(open(3), closed(9)), 4096)).toBe(true)
  })
  it('must be replayed when neither page can be read', () => {
    expect(isLogClean(new Uint8Array(8192), 4096)).toBe(false)
  })
})

it('NTFS parser cores: mutated inputs neither throw nor escape their bounds', async () => {
  const boots: Uint8Array[] = []
  const records: Uint8Array[] = []
  const blocks: Uint8Array[] = []
  await withImage(16 * MiB, async (image, folder) => {
    makeNtfs(image)
    copyIn(image, folder, 'hiberfil.sys', hibernation('hibr'))
    const data = new Uint8Array(readFileSync(image))
    const boot = expectOk(parseNtfsBoot(data.subarray(0, 512)))
    boots.push(data.slice(0, 512))
    for (const number of [0, 2, 3, 5, 6, 64]) {
      const at = boot.mftStart + number * boot.recordSize
      records.push(data.slice(at, at + boot.recordSize))
    }
    const index = data.findIndex(
      (byte, at) => at % 4096 === 0 && byte === 0x49 && data[at + 1] === 0x4e && data[at + 2] === 0x44,
    )
    blocks.push(data.slice(index, index + boot.indexSize))
  })
  const root = expectOk(parseNtfsRecord(records[3]!)).attributes.find(({ type }) => type === 0x90)!.value!
  const bound = (length: number) => ({ bytes: 16 * length + 1024, entries: 8 * length + 16 })
  const boot = fuzz({ name: 'ntfs-boot', seeds: boots, parse: parseNtfsBoot, bound })
  const record = fuzz({
    name: 'ntfs-record',
    seeds: records,
    repair: sealSequence,
    parse: parseNtfsRecord,
    bound,
  })
  fuzz({ name: 'ntfs-index-root', seeds: [root], parse: parseIndexRoot, bound }, 20_000)
  const list = Uint8Array.from({ length: 96 }, (_, i) => ({ 0: 0x80, 4: 32, 16: 5 })[i % 32] ?? 0)
  fuzz({ name: 'ntfs-list', seeds: [list], parse: parseAttributeList, bound }, 20_000)
  const block = fuzz(
    { name: 'ntfs-index', seeds: blocks, repair: sealSequence, parse: parseIndexBlock, bound },
    20_000,
  )
  fuzz(
    { name: 'ntfs-log', seeds: [restartPage(3, 0, 0)], repair: sealSequence, parse: parseRestartPage, bound },
    20_000,
  )
  for (const { accepted } of [boot, record, block]) expect(accepted).toBeGreaterThan(1000)
})

/** Makes the sectors' last bytes agree with the update sequence again. */
function sealSequence(data: Uint8Array): void {
  const at = (data[4] ?? 0) | ((data[5] ?? 0) << 8)
  for (let end = 510; end + 2 <= data.length; end += 512)
    if (at + 1 < data.length) data.set(data.subarray(at, at + 2), end)
}
