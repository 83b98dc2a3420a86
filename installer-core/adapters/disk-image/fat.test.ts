import { describe, expect, it } from 'vitest'
import { bytes, MiB } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { FileTree } from '../../ports/file-tree.ts'
import { contentOf, patternOf, sourceOf } from '../testing/byte-source.ts'
import { memoryDisk, memoryLog } from '../memory/memory-parts.ts'
import { parseFatGeometry } from './fat-geometry.ts'
import { openFatTree } from './fat-file-tree.ts'
import { formatFat32 } from './format-fat32.ts'
import type { RawDisk } from './raw-disk.ts'

const start = 2048

async function open(disk: RawDisk, log = memoryLog()): Promise<FileTree> {
  const offset = start * disk.sectorSize
  const boot = expectOk(disk.read(offset, disk.sectorSize))
  const geometry = expectOk(parseFatGeometry(boot, disk.sectorSize))
  return expectOk(await openFatTree({ disk, disks: [disk], diskIndex: 0, log, offset, geometry }))
}

function formatted(sectorSize: 512 | 4096): RawDisk {
  const disk = memoryDisk('test', sectorSize, 300 * MiB)
  const blocks = (280 * MiB) / sectorSize
  expectOk(formatFat32(disk, { start, blocks }, { label: 'BERTH', volumeId: '1234abcd' }))
  return disk
}

const pattern = patternOf(1_234_567)

describe.each([512, 4096] as const)('FAT32 with %d-byte sectors', (sectorSize) => {
  it('shows what was synced to the next opener, and nothing of what was not', async () => {
    const disk = formatted(sectorSize)
    const tree = await open(disk)
    expectOk(await tree.makeFolder('/EFI'))
    expectOk(await tree.makeFolder('/EFI'))
    expectOk(await tree.create('/EFI/A long name with ünïcode.efi', sourceOf(pattern)))
    expect(expectOk(await (await open(disk)).list('/'))).toEqual([])
    expectOk(await tree.sync())
    expectOk(await tree.create('/later', sourceOf(pattern)))
    const next = await open(disk)
    expect((await contentOf(next, '/EFI/A long name with ünïcode.efi')).equals(pattern)).toBe(true)
    expect(expectOk(await next.stat('/efi/a LONG name with ünïcode.EFI'))).toMatchObject({
      kind: 'file',
      size: pattern.length,
    })
    expect(expectOk(await next.stat('/later'))).toBe(null)
    expectOk(await tree.close())
  })

  it('renames and removes, and gives room back', async () => {
    const disk = formatted(sectorSize)
    const tree = await open(disk)
    const before = expectOk(await tree.free())
    expectOk(await tree.create('/one.tmp', sourceOf(pattern)))
    expectOk(await tree.rename('/one.tmp', '/one'))
    expectOk(await tree.create('/two', sourceOf(new Uint8Array(3))))
    expect(await tree.rename('/one', '/two')).toMatchObject({ failure: { code: 'already-exists' } })
    expect(await tree.create('/two', sourceOf(pattern))).toMatchObject({
      failure: { code: 'already-exists' },
    })
    expect(await tree.remove('/three')).toMatchObject({ failure: { code: 'not-found' } })
    expectOk(await tree.sync())
    expect(expectOk(await tree.free())).toBeLessThan(before)
    expectOk(await tree.remove('/one'))
    expectOk(await tree.remove('/two'))
    expectOk(await tree.sync())
    expect(expectOk(await (await open(disk)).free())).toBe(before)
  })

  it('erases a file where it lies, so that removing it leaves none of its bytes on the disk', async () => {
    const disk = formatted(sectorSize)
    const tree = await open(disk)
    const secret = Buffer.from(`psk=${'geheim'.repeat(1000)}`)
    expectOk(await tree.create('/secret', sourceOf(secret)))
    expectOk(await tree.sync())
    const holds = () => {
      const data = Buffer.from(expectOk(disk.read(start * sectorSize, 32 * MiB)))
      return data.includes('geheim')
    }
    expect(holds()).toBe(true)
    expectOk(await tree.erase('/secret'))
    expectOk(await tree.sync())
    expect((await contentOf(await open(disk), '/secret')).equals(Buffer.alloc(secret.length))).toBe(true)
    expectOk(await tree.remove('/secret'))
    expectOk(await tree.sync())
    expect(holds()).toBe(false)
    expect(await tree.erase('/secret')).toMatchObject({ failure: { code: 'not-found' } })
  })

  it('says how much room is needed and how much there is', async () => {
    const tree = await open(formatted(sectorSize))
    const huge: ByteSource = { ...sourceOf(new Uint8Array(0)), size: bytes(400 * MiB) }
    const free = expectOk(await tree.free())
    expect(await tree.create('/huge', huge)).toMatchObject({
      failure: { code: 'no-space', facts: { required: 400 * MiB, found: free } },
    })
    expect(expectOk(await tree.stat('/huge'))).toBe(null)
  })

  it('leaves nothing of a file whose source ends early', async () => {
    const tree = await open(formatted(sectorSize))
    const free = expectOk(await tree.free())
    const short: ByteSource = { ...sourceOf(pattern), size: bytes(pattern.length + 1) }
    expect(await tree.create('/short', short)).toMatchObject({ failure: { code: 'short-write' } })
    expect(expectOk(await tree.stat('/short'))).toBe(null)
    expect(expectOk(await tree.free())).toBe(free)
  })

  it('never writes new data over a file that the disk still shows', async () => {
    const disk = formatted(sectorSize)
    const tree = await open(disk)
    const filler: ByteSource = sourceOf(new Uint8Array(150 * MiB))
    expectOk(await tree.create('/old', filler))
    expectOk(await tree.sync())
    expectOk(await tree.remove('/old'))
    expectOk(await tree.create('/new', sourceOf(new Uint8Array(200 * MiB))))
    const other = await open(disk)
    expect(expectOk(await other.stat('/old'))).toBe(null)
    expect(expectOk(await other.stat('/new'))).toBe(null)
  })
})
