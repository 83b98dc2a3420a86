import { mkdtempSync, readFileSync, rmSync, writeFileSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { contentOf, patternOf, sourceOf } from '../testing/byte-source.ts'
import { memoryLog } from '../memory/memory-parts.ts'
import { runCommand } from '../run-command.ts'
import { openFatTree } from './fat-file-tree.ts'
import { parseFatGeometry } from './fat-geometry.ts'
import { formatFat32 } from './format-fat32.ts'
import { openFileDisk, type RawDisk } from './raw-disk.ts'

let folder: string
let image: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-fat-'))
  image = join(folder, 'volume')
  writeFileSync(image, '')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(program: string, args: readonly string[]): Promise<string> {
  const env = { MTOOLS_SKIP_CHECK: '1' }
  return expectOk(await runCommand({ program, args, env, timeoutMs: 60_000 })).stdout
}

async function treeOf(disk: RawDisk) {
  const geometry = expectOk(parseFatGeometry(expectOk(disk.read(0, disk.sectorSize)), disk.sectorSize))
  const place = { disk, disks: [disk], diskIndex: 0, log: memoryLog(), offset: 0, geometry }
  return { geometry, tree: expectOk(await openFatTree(place)) }
}

describe.each([
  [512, 64 * MiB],
  [512, 1024 * MiB],
  [4096, 300 * MiB],
] as const)('a new FAT32, %d-byte sectors, %d bytes', (sectorSize, size) => {
  it('is clean for fsck.vfat and readable by mtools, empty and with files', async () => {
    truncateSync(image, size)
    const disk = expectOk(openFileDisk(image, sectorSize, 'write'))
    const range = { start: 0, blocks: size / sectorSize }
    expectOk(formatFat32(disk, range, { label: 'BERTH', volumeId: '89abcdef' }))
    expect(await run('fsck.vfat', ['-n', '-v', image])).toMatch(/0 files|1 files?/)
    const { tree } = await treeOf(disk)
    const data = patternOf(3_000_001)
    expectOk(await tree.makeFolder('/EFI'))
    for (let i = 0; i < 300; i += 1)
      expectOk(await tree.create(`/EFI/a rather long name, number ${i}.efi`, sourceOf(data.slice(0, i * 7))))
    expectOk(await tree.create('/EFI/whole.bin', sourceOf(data)))
    expectOk(await tree.remove('/EFI/a rather long name, number 7.efi'))
    expectOk(await tree.sync())
    disk.close()
    const checked = await run('fsck.vfat', ['-n', '-v', image])
    expect(checked).not.toMatch(/differ|wrong|error|dirty|lost|summary wrong/i)
    expect(await run('mdir', ['-b', '-i', image, '::/EFI'])).toContain('a rather long name, number 299.efi')
    const copy = join(folder, 'copy')
    await run('mcopy', ['-i', image, '::/EFI/whole.bin', copy])
    expect(readFileSync(copy).equals(data)).toBe(true)
  })
})

describe.each([
  ['fat12', 12, 2],
  ['fat16', 16, 32],
  ['fat32', 32, 64],
] as const)('%s of mkfs.vfat', (kind, bits, megabytes) => {
  it('is read, written to and left clean', async () => {
    truncateSync(image, megabytes * MiB)
    await run('mkfs.vfat', ['-F', String(bits), image])
    const data = patternOf(700_000)
    const source = join(folder, 'source')
    writeFileSync(source, data)
    await run('mmd', ['-i', image, '::/Ordner'])
    await run('mcopy', ['-i', image, source, '::/Ordner/A foreign file.bin'])
    const disk = expectOk(openFileDisk(image, 512, 'write'))
    const { tree, geometry } = await treeOf(disk)
    expect(geometry.kind).toBe(kind)
    expect((await contentOf(tree, '/ordner/a FOREIGN file.bin')).equals(data)).toBe(true)
    const before = expectOk(await tree.free())
    expectOk(await tree.create('/Ordner/ours.bin', sourceOf(data)))
    expectOk(await tree.makeFolder('/EFI'))
    expectOk(await tree.sync())
    expect(await run('fsck.vfat', ['-n', '-v', image])).not.toMatch(/differ|wrong|error|dirty|lost/i)
    const copy = join(folder, 'copy')
    await run('mcopy', ['-i', image, '::/Ordner/ours.bin', copy])
    expect(readFileSync(copy).equals(data)).toBe(true)
    expectOk(await tree.remove('/Ordner/ours.bin'))
    expectOk(await tree.remove('/EFI'))
    expectOk(await tree.sync())
    expect(expectOk(await tree.free())).toBe(before)
    disk.close()
  })
})
