import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KiB, MiB } from '../../base/bytes.ts'
import { seeded } from '../../formats/testing/fuzz.ts'
import type { Volume } from '../../model/disk.ts'
import { memoryDevice } from '../testing/memory-device.ts'
import { probeVolume, runTool, withImage } from '../testing/image-tools.ts'
import { readVolume } from './read-volume.ts'
import { partitionReader } from './volume-reader.ts'

type Piece = readonly [number, string | readonly number[]]

/** Zeros with pieces written over them. */
function image(size: number, ...pieces: readonly Piece[]): Uint8Array {
  const data = new Uint8Array(size)
  for (const [at, piece] of pieces)
    data.set(typeof piece === 'string' ? Array.from(piece, (c) => c.charCodeAt(0)) : piece, at)
  return data
}

const little = (value: number, size: number) =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) % 256)
const big = (value: number, size: number) => little(value, size).reverse()
const uuid = Array.from({ length: 16 }, (_, i) => i + 1)
const uuidShown = '01020304-0506-0708-090a-0b0c0d0e0f10'
const signature: Piece = [510, [0x55, 0xaa]]

const made: readonly { name: string; data: Uint8Array; seen: Partial<Volume> }[] = [
  {
    name: 'BitLocker, also when suspended',
    data: image(MiB, [3, '-FVE-FS-'], signature),
    seen: { fileSystem: 'bitlocker', bitlocker: { conversion: 'unknown', protection: 'unknown' } },
  },
  {
    name: 'BitLocker To Go',
    data: image(
      MiB,
      [3, 'MSWIN4.1'],
      [0x1a8, '\x3b\xd6\x67\x49\x29\x2e\xd8\x4a\x83\x99\xf6\xa3\x39\xe3\xd0\x01'],
      signature,
    ),
    seen: { fileSystem: 'bitlocker' },
  },
  {
    name: 'exFAT, dirty',
    data: image(
      MiB,
      [3, 'EXFAT   '],
      signature,
      [72, little(2048, 8)],
      [100, little(0x1234abcd, 4)],
      [106, [2, 0]],
      [108, [9]],
    ),
    seen: { fileSystem: 'exfat', size: MiB as Volume['size'], dirty: true, uuid: '1234abcd' },
  },
  {
    name: 'ReFS',
    data: image(MiB, [3, 'ReFS'], [16, 'FSRS'], [24, little(2000, 8)], [32, little(512, 4)]),
    seen: { fileSystem: 'refs', size: (2000 * 512) as Volume['size'] },
  },
  {
    name: 'LUKS 1',
    data: image(MiB, [0, 'LUKS\xba\xbe\x00\x01'], [168, uuidShown]),
    seen: { fileSystem: 'luks', uuid: uuidShown, free: null },
  },
  {
    name: 'LUKS 2 with a label',
    data: image(MiB, [0, 'LUKS\xba\xbe\x00\x02'], [24, 'geheim'], [168, uuidShown]),
    seen: { fileSystem: 'luks', uuid: uuidShown, label: 'geheim' as Volume['label'] },
  },
  {
    name: 'LVM',
    data: image(
      MiB,
      [512, 'LABELONE'],
      [532, little(32, 4)],
      [536, 'LVM2 001'],
      [544, 'a'.repeat(32)],
      [576, little(MiB, 8)],
    ),
    seen: { fileSystem: 'lvm', size: MiB as Volume['size'], uuid: 'a'.repeat(32) },
  },
  {
    name: 'a RAID member of version 1.2',
    data: image(
      MiB,
      [4096, [0xfc, 0x4e, 0x2b, 0xa9, 1]],
      [4096 + 16, uuid],
      [4096 + 32, 'pc:0'],
      [4096 + 144, little(8, 8)],
    ),
    seen: { fileSystem: 'linux-raid', label: 'pc:0' as Volume['label'], uuid: uuidShown },
  },
  {
    name: 'a RAID member of version 0.90',
    data: image(MiB, [MiB - 64 * KiB, [0xfc, 0x4e, 0x2b, 0xa9, 0, 0, 0, 0, 90]]),
    seen: { fileSystem: 'linux-raid' },
  },
  {
    name: 'btrfs',
    data: image(
      MiB,
      [65_536 + 0x20, uuid],
      [65_536 + 0x40, '_BHRfS_M'],
      [65_536 + 0x88, little(1, 8)],
      [65_536 + 0xd1, little(900_000, 8)],
      [65_536 + 0xd9, little(300_000, 8)],
      [65_536 + 0x12b, 'wurzel'],
    ),
    seen: {
      fileSystem: 'btrfs',
      size: 900_000 as Volume['size'],
      free: 600_000 as Volume['free'],
      label: 'wurzel' as Volume['label'],
      uuid: uuidShown,
    },
  },
  {
    name: 'XFS',
    data: image(
      MiB,
      [0, 'XFSB'],
      [4, big(4096, 4)],
      [8, big(256, 8)],
      [32, uuid],
      [108, 'daten'],
      [144, big(100, 8)],
    ),
    seen: {
      fileSystem: 'xfs',
      size: MiB as Volume['size'],
      free: 409_600 as Volume['free'],
      uuid: uuidShown,
    },
  },
  {
    name: 'F2FS',
    data: image(
      MiB,
      [1024, [0x10, 0x20, 0xf5, 0xf2]],
      [1040, little(12, 4)],
      [1060, little(256, 8)],
      [1148, [0x66, 0]],
    ),
    seen: { fileSystem: 'f2fs', size: MiB as Volume['size'], label: 'f' as Volume['label'] },
  },
  {
    name: 'EROFS',
    data: image(MiB, [1024, [0xe2, 0xe1, 0xf5, 0xe0]], [1036, [12]], [1060, little(200, 4)], [1072, uuid]),
    seen: {
      fileSystem: 'erofs',
      size: (200 * 4096) as Volume['size'],
      free: 0 as Volume['free'],
      uuid: uuidShown,
    },
  },
  {
    name: 'SquashFS',
    data: image(MiB, [0, 'hsqs'], [28, [4]], [40, little(5000, 8)]),
    seen: { fileSystem: 'squashfs', size: 5000 as Volume['size'], free: 0 as Volume['free'] },
  },
  {
    name: 'ZFS',
    data: image(MiB, [16 * KiB, [1, 1, 0, 0]], [16 * KiB + 60, 'pool_guid']),
    seen: { fileSystem: 'zfs' },
  },
  {
    name: 'APFS',
    data: image(MiB, [32, 'NXSB'], [36, little(4096, 4)], [40, little(250, 8)], [72, uuid]),
    seen: { fileSystem: 'apfs', size: (250 * 4096) as Volume['size'], uuid: uuidShown },
  },
  {
    name: 'HFS Plus, not unmounted',
    data: image(MiB, [1024, 'H+\x00\x04'], [1064, big(4096, 4)], [1068, big(256, 4)], [1072, big(16, 4)]),
    seen: { fileSystem: 'hfsplus', size: MiB as Volume['size'], free: 65_536 as Volume['free'], dirty: true },
  },
  {
    name: 'swap with a sleeping Linux',
    data: image(MiB, [4086, 'S1SUSPEND'], [1028, little(255, 4)]),
    seen: { fileSystem: 'swap', size: MiB as Volume['size'], hibernated: true },
  },
  { name: 'nothing', data: image(MiB), seen: { fileSystem: 'none' } },
  { name: 'a single byte', data: image(MiB, [5, [1]]), seen: { fileSystem: 'unknown' } },
  { name: 'a single sector', data: image(512), seen: { fileSystem: 'none' } },
]

describe('a volume is told by its superblock', () => {
  it.each(made)('$name', async ({ data, seen }) => {
    expect(await probeVolume(data)).toMatchObject(seen)
  })

  it('swap as mkswap makes it', async () => {
    await withImage(MiB, async (file) => {
      runTool('mkswap', ['-q', '-L', 'tausch', '-U', uuidShown, file])
      expect(await probeVolume(file)).toMatchObject({
        fileSystem: 'swap',
        size: MiB,
        label: 'tausch',
        uuid: uuidShown,
        hibernated: false,
      })
    })
  })

  it('a mirrored ESP (RAID 1.0 at its end) is a RAID member, not FAT', async () => {
    await withImage(32 * MiB, async (file) => {
      runTool('mkfs.vfat', [file])
      const data = new Uint8Array(readFileSync(file))
      expect((await probeVolume(data)).fileSystem).toBe('fat16')
      const at = 32 * MiB - 8 * KiB
      data.set([0xfc, 0x4e, 0x2b, 0xa9, 1], at)
      data.set(little(at / 512, 8), at + 144)
      expect((await probeVolume(data)).fileSystem).toBe('linux-raid')
    })
  })

  it('the newer file system wins over what an older one left', async () => {
    await withImage(48 * MiB, async (file) => {
      runTool('mkfs.vfat', ['-F', '32', file])
      const data = new Uint8Array(readFileSync(file))
      data.set(
        [...'_BHRfS_M'].map((c) => c.charCodeAt(0)),
        65_536 + 0x40,
      )
      expect((await probeVolume(data)).fileSystem).toBe('fat32')
      runTool('mke2fs', ['-q', '-F', '-t', 'ext4', file])
      expect((await probeVolume(file)).fileSystem).toBe('ext4')
    })
  })

  it('reads a partition inside a disk, and never beyond it', async () => {
    const disk = image(4 * MiB, [MiB, 'hsqs'], [MiB + 28, [4]], [MiB + 40, little(5000, 8)])
    const reader = partitionReader(memoryDevice(disk, 4096), MiB, MiB)
    expect((await readVolume(reader)).fileSystem).toBe('squashfs')
    expect((await reader.read(MiB - 1, 2)).ok).toBe(false)
    expect((await reader.read(-1, 1)).ok).toBe(false)
    const beyond = partitionReader(memoryDevice(disk, 4096), 3 * MiB, 2 * MiB)
    expect((await readVolume(beyond)).fileSystem).toBe('unknown')
  })
})

it('any damaged superblock gives an answer', async () => {
  const random = seeded(7)
  const counts = new Map<string, number>()
  for (let i = 0; i < 4000; i += 1) {
    const data = made[i % made.length]!.data.slice(0, 128 * KiB)
    for (let change = 0; change < 12; change += 1)
      data[Math.floor(random() * (random() < 0.5 ? 2048 : data.length))] = Math.floor(random() * 256)
    const { fileSystem } = await probeVolume(data)
    counts.set(fileSystem, (counts.get(fileSystem) ?? 0) + 1)
  }
  expect(counts.size).toBeGreaterThan(10)
})
