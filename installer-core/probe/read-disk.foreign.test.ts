import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { partitionType } from '../base/well-known.ts'
import { readFixture } from '../formats/testing/shared-fixtures.ts'
import { diskSchema, type Disk } from '../model/disk.ts'
import type { DiskFacts } from './disk-layout.ts'
import { readDisk } from './read-disk.ts'
import { runTool, withImage } from './testing/image-tools.ts'
import { memoryDevice } from './testing/memory-device.ts'

const facts: DiskFacts = {
  name: 'disk0.img',
  model: ' Evil \u202eModel ',
  serial: 'P0001',
  bus: 'nvme',
  removable: false,
  index: 3,
}

async function probeDisk(data: Uint8Array, sectorSize: 512 | 4096 = 512): Promise<Disk> {
  const disk = expectOk(await readDisk(memoryDevice(data, sectorSize), facts, nodeHasher))
  expect(diskSchema.safeParse(disk).error).toBeUndefined()
  return disk
}

const load = (image: string) => new Uint8Array(readFileSync(image))
const espGuid = 'c0ffee00-1111-4222-8333-444455556666'

/** A GPT disk by sgdisk: ESP with FAT, a gap of 20 MiB, an ext4 volume, slots 1 and 5. */
function makeGpt(image: string, folder: string): void {
  runTool('sgdisk', [
    '-n',
    '1:2048:+20M',
    '-t',
    '1:EF00',
    '-u',
    `1:${espGuid}`,
    '-c',
    '1:EFI system',
    '-n',
    '5:40M:+16M',
    '-t',
    '5:8300',
    '-A',
    '5:set:60',
    image,
  ])
  const volumes = [
    [MiB, 20, ['mkfs.vfat', '-n', 'ESP']],
    [40 * MiB, 16, ['mke2fs', '-q', '-F', '-t', 'ext4']],
  ] as const
  for (const [at, size, [program, ...args]] of volumes) {
    const file = `${folder}/volume`
    writeFileSync(file, new Uint8Array(size * MiB))
    runTool(program, [...args, file])
    const data = load(image)
    data.set(load(file), at)
    writeFileSync(image, data)
  }
}

describe('a GPT disk as sgdisk makes it', () => {
  it('partitions, volumes, gaps, texts', async () => {
    await withImage(80 * MiB, async (image, folder) => {
      makeGpt(image, folder)
      const disk = await probeDisk(load(image))
      expect(disk.table).toMatchObject({
        kind: 'gpt',
        primary: 'valid',
        backup: 'valid',
        agree: true,
        protectiveMbr: 'protective',
        problems: [],
      })
      expect(disk.id).toBe(disk.table.kind === 'gpt' ? disk.table.guid : '')
      expect(disk.model).toBe('Evil ‹U+202E›Model')
      expect(disk.partitions).toHaveLength(2)
      expect(disk.partitions[0]).toMatchObject({
        id: espGuid,
        slot: 1,
        typeGuid: partitionType.esp,
        start: 2048,
        size: 20 * MiB,
        name: 'EFI system',
        mbrType: null,
        volume: { fileSystem: 'fat16', label: 'ESP' },
      })
      expect(disk.partitions[1]).toMatchObject({
        slot: 5,
        start: (40 * MiB) / 512,
        attributes: '1000000000000000',
        volume: { fileSystem: 'ext4' },
      })
      expect(disk.gaps.map(({ start, size }) => [start, size])).toEqual([
        [(21 * MiB) / 512, 19 * MiB],
        [(56 * MiB) / 512, 23 * MiB],
      ])
    })
  })

  it('HC-07 a damaged copy is data, not a failure; the digest follows every change of the table', async () => {
    await withImage(80 * MiB, async (image, folder) => {
      makeGpt(image, folder)
      const data = load(image)
      const whole = await probeDisk(data)
      const primary = data.slice()
      primary[512 + 60] = (primary[512 + 60] ?? 0) ^ 1
      const backup = data.slice()
      backup[backup.length - 512 + 60] = (backup[backup.length - 512 + 60] ?? 0) ^ 1
      const both = primary.slice()
      both.set(backup.subarray(backup.length - 512), backup.length - 512)
      const volume = data.slice()
      volume.fill(1, 10 * MiB, 10 * MiB + 512)
      expect((await probeDisk(primary)).table).toMatchObject({
        kind: 'gpt',
        primary: 'damaged',
        backup: 'valid',
        agree: false,
      })
      expect((await probeDisk(primary)).partitions).toEqual(whole.partitions)
      expect((await probeDisk(backup)).table).toMatchObject({
        primary: 'valid',
        backup: 'damaged',
        agree: false,
      })
      expect(await probeDisk(both)).toMatchObject({
        id: 'disk:3',
        table: { kind: 'unreadable' },
        partitions: [],
        gaps: [],
      })
      const digests = await Promise.all(
        [primary, backup, both].map(async (copy) => (await probeDisk(copy)).tableDigest),
      )
      expect(new Set([whole.tableDigest, ...digests]).size).toBe(4)
      expect((await probeDisk(volume)).tableDigest).toBe(whole.tableDigest)
    })
  })

  it('sectors of 4096 bytes; read as 512 it is no table', async () => {
    const head = readFixture('disk-headers/coreos-4k-sectors.first6.bin')
    if (head === null) throw new Error('the fixture is part of the repository')
    const data = new Uint8Array(2560 * 4096)
    data.set(head)
    const disk = await probeDisk(data, 4096)
    expect(disk.table).toMatchObject({ kind: 'gpt', primary: 'valid', backup: 'damaged', agree: false })
    expect(disk.partitions.length).toBeGreaterThan(0)
    for (const { start, size, blocks } of disk.partitions) {
      expect(size).toBe(blocks * 4096)
      expect(start + blocks).toBeLessThan(2560)
    }
    expect((await probeDisk(data, 512)).table.kind).toBe('unreadable')
  })
})

describe('disks without a GPT', () => {
  it('HC-06 MBR with logical partitions', async () => {
    await withImage(64 * MiB, async (image) => {
      const script =
        'label: dos\nlabel-id: 0x1234abcd\nstart=2048, size=20480, type=7, bootable\nstart=30720, size=80000, type=5\nstart=32768, size=8192, type=83\nstart=51200, size=8192, type=82\n'
      writeFileSync(`${image}.script`, script)
      runTool('sh', ['-c', `sfdisk -q ${image} < ${image}.script`])
      const disk = await probeDisk(load(image))
      expect(disk).toMatchObject({
        id: 'mbr:1234abcd',
        table: { kind: 'mbr', signature: '1234abcd', bootable: true },
        gaps: [],
      })
      expect(disk.partitions.map(({ id, mbrType, start, blocks }) => [id, mbrType, start, blocks])).toEqual([
        ['mbr:1234abcd-1', 7, 2048, 20480],
        ['mbr:1234abcd-2', 5, 30720, 80000],
        ['mbr:1234abcd-5', 0x83, 32768, 8192],
        ['mbr:1234abcd-6', 0x82, 51200, 8192],
      ])
    })
  })

  it('nothing, and a volume without a table', async () => {
    expect(await probeDisk(new Uint8Array(4 * MiB))).toMatchObject({
      id: 'disk:3',
      table: { kind: 'none' },
      partitions: [],
    })
    await withImage(32 * MiB, async (image) => {
      runTool('mkfs.vfat', [image])
      expect(await probeDisk(load(image))).toMatchObject({ table: { kind: 'none' }, partitions: [] })
    })
  })

  it('a disk that cannot be read is a failure', async () => {
    const broken = memoryDevice(new Uint8Array(4 * MiB), 512, [[0, 512]])
    expect(await readDisk(broken, facts, nodeHasher)).toMatchObject({
      ok: false,
      failure: { code: 'io-failed' },
    })
  })
})

describe('recorded tables', () => {
  const fixture = 'disk-headers/coreos-duplicate-partition-guids'
  it('HC-05 two partitions share a GUID', async () => {
    const [head, tail] = [readFixture(`${fixture}.first34.bin`), readFixture(`${fixture}.last33.bin`)]
    if (head === null || tail === null) throw new Error('the fixture is part of the repository')
    const data = new Uint8Array(2048 * 512)
    data.set(head)
    data.set(tail, data.length - tail.length)
    const disk = await probeDisk(data)
    const twice = disk.partitions.filter(({ id }) => id === '8e918895-c65e-4b0d-b6e0-39fbadbfaf51')
    expect(twice).toHaveLength(2)
    expect(disk.table.kind === 'gpt' ? disk.table.problems.length : 0).toBeGreaterThan(0)
  })
})
