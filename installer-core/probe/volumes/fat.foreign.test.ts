import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { fuzz } from '../../formats/testing/fuzz.ts'
import { probeVolume, runTool, withImage } from '../testing/image-tools.ts'
import { countFree, findLabel, parseFat } from './fat.ts'

/** Free bytes as fsck.vfat counts clusters: `n files, used/all clusters`. */
function freeByFsck(image: string, clusterSize: number): number {
  const [, used = '', all = ''] = /(\d+)\/(\d+) clusters/.exec(runTool('fsck.vfat', ['-n', image])) ?? []
  return (Number(all) - Number(used)) * clusterSize
}

const cases = [
  { kind: 'fat12', size: 4 * MiB, options: ['-F', '12'] },
  { kind: 'fat16', size: 32 * MiB, options: ['-F', '16'] },
  { kind: 'fat32', size: 40 * MiB, options: ['-F', '32'] },
  { kind: 'fat32', size: 64 * MiB, options: ['-F', '32', '-s', '1', '-R', '64'] },
  { kind: 'fat32', size: 264 * MiB, options: ['-F', '32', '-S', '4096'] },
] as const

describe('FAT as mkfs.vfat makes it', () => {
  it.each(cases)('$kind of $size bytes ($options)', async ({ kind, size, options }) => {
    await withImage(size, async (image) => {
      runTool('mkfs.vfat', [...options, '-i', '0123abcd', '-n', 'BERTHTEST', image])
      const boot = expectOk(parseFat(new Uint8Array(readFileSync(image)).subarray(0, 512)))
      expect(boot.kind).toBe(kind)
      runTool('mcopy', ['-i', image, '/bin/true', '::/TRUE.BIN'])
      runTool('mcopy', ['-i', image, '/bin/sh', '::/a long name.bin'])
      const volume = await probeVolume(image)
      expect(volume).toMatchObject({
        fileSystem: kind,
        label: 'BERTHTEST',
        uuid: '0123abcd',
        dirty: false,
        hibernated: null,
      })
      expect(volume.size).toBe(boot.size)
      expect(volume.free).toBe(freeByFsck(image, boot.clusterSize))
    })
  })

  it('takes the label from the root folder when the boot sector has another', async () => {
    await withImage(40 * MiB, async (image) => {
      runTool('mkfs.vfat', ['-F', '32', '-n', 'FIRST', image])
      const data = new Uint8Array(readFileSync(image))
      data.set(new TextEncoder().encode('OTHER      '), 71)
      expect((await probeVolume(data)).label).toBe('FIRST')
    })
  })

  it.each([
    { name: 'FAT32 closed uncleanly', bits: 32, at: 7, clear: 0x08 },
    { name: 'FAT32 with a disk error', bits: 32, at: 7, clear: 0x04 },
    { name: 'FAT16 closed uncleanly', bits: 16, at: 3, clear: 0x80 },
  ])('$name is dirty', async ({ bits, at, clear }) => {
    await withImage(40 * MiB, async (image) => {
      runTool('mkfs.vfat', ['-F', String(bits), image])
      const data = new Uint8Array(readFileSync(image))
      const { fatStart } = expectOk(parseFat(data.subarray(0, 512)))
      expect((await probeVolume(data)).dirty).toBe(false)
      data[fatStart + at] = (data[fatStart + at] ?? 0) & ~clear
      expect((await probeVolume(data)).dirty).toBe(true)
    })
  })

  it("sees the boot sector's own dirty bit", async () => {
    await withImage(4 * MiB, async (image) => {
      runTool('mkfs.vfat', ['-F', '12', image])
      const data = new Uint8Array(readFileSync(image))
      data[37] = 1
      expect((await probeVolume(data)).dirty).toBe(true)
    })
  })

  it('trusts no FSInfo that could not be', async () => {
    await withImage(64 * MiB, async (image) => {
      runTool('mkfs.vfat', ['-F', '32', image])
      const data = new Uint8Array(readFileSync(image))
      const { free } = await probeVolume(data)
      data.fill(0x11, 512 + 488, 512 + 492)
      expect((await probeVolume(data)).free).toBe(free)
    })
  })
})

it('FAT parser core: mutated inputs neither throw nor escape their bounds', async () => {
  const seeds: Uint8Array[] = []
  for (const bits of ['12', '16', '32'])
    await withImage(16 * MiB, (image) => {
      runTool('mkfs.vfat', ['-F', bits, '-s', bits === '12' ? '16' : '1', image])
      seeds.push(new Uint8Array(readFileSync(image)).slice(0, 1024))
    })
  const result = fuzz({
    name: 'fat',
    seeds,
    repair: (data) => data.length >= 512 && data.set([0x55, 0xaa], 510),
    parse: (data, work) => {
      const parsed = parseFat(data, work)
      findLabel(data)
      const room = Math.floor((data.length * 8) / 32)
      if (parsed.ok && parsed.value.clusters + 2 < room)
        countFree(data, parsed.value.kind, parsed.value.clusters)
      if (parsed.ok) {
        const { fatStart, fatLength, rootStart, size, clusters } = parsed.value
        if (
          ![fatStart, fatLength, rootStart, size].every((n) => Number.isSafeInteger(n) && n >= 0) ||
          clusters < 1
        )
          expect.fail(JSON.stringify(parsed.value))
      }
      return parsed
    },
    bound: () => ({ bytes: 256, entries: 0 }),
  })
  expect(result.accepted).toBeGreaterThan(1000)
})
