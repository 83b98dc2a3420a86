import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GiB, bytes } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { runCommand } from '../../run-command.ts'
import { imageBlockDevice } from '../image-block-device.ts'
import { openFileDisk } from '../raw-disk.ts'
import { usedRanges } from './used-ranges.ts'

let folder: string
let image: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-used-'))
  image = join(folder, 'volume')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(program: string, args: readonly string[]): Promise<string> {
  return expectOk(await runCommand({ program, args, timeoutMs: 60_000 })).stdout
}

async function make(size: number, options: readonly string[]): Promise<void> {
  writeFileSync(image, '')
  truncateSync(image, size)
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', ...options, image])
  const file = join(folder, 'file')
  writeFileSync(file, new Uint8Array(3_000_000).fill(7))
  await run('debugfs', ['-w', '-R', `write ${file} kept.bin`, image])
}

/** By another's program: which blocks are free, and how long one is. */
async function freeBlocks(): Promise<{ readonly free: Uint8Array; readonly blockSize: number }> {
  const told = await run('dumpe2fs', [image])
  const number = (name: string) => Number(new RegExp(`^${name}: +(\\d+)$`, 'm').exec(told)?.[1])
  const free = new Uint8Array(number('Block count'))
  for (const [, list] of told.matchAll(/^ {2}Free blocks: (.+)$/gm))
    for (const part of (list ?? '').split(', ')) {
      const [first, last] = part.split('-').map(Number)
      if (first !== undefined && !Number.isNaN(first)) free.fill(1, first, (last ?? first) + 1)
    }
  return { free, blockSize: number('Block size') }
}

async function ranges() {
  const disk = expectOk(openFileDisk(image, 512, 'read'))
  const size = bytes(readFileSync(image).length)
  const found = expectOk(await usedRanges('ext4', partitionReader(imageBlockDevice(disk, 'read'), 0, size)))
  disk.close()
  return { found, size }
}

describe('what a copy of an ext4 has to hold', () => {
  it.each([
    ['usual', GiB, []],
    ['with blocks of 1 KiB', GiB / 4, ['-b', '1024']],
    ['without flexible groups', GiB, ['-O', '^flex_bg']],
    ['with short descriptors', GiB, ['-O', '^64bit']],
    ['with bitmaps written out', GiB, ['-O', '^uninit_bg,^metadata_csum']],
    ['with a group that is not whole', GiB / 2 + 5 * 4096, ['-b', '4096']],
  ] as const)('is what is in use, and little more: %s', async (_, size, options) => {
    await make(size, options)
    const { free, blockSize } = await freeBlocks()
    const { found } = await ranges()
    const taken = new Uint8Array(free.length)
    for (const { offset, length } of found)
      taken.fill(1, Math.floor(offset / blockSize), Math.ceil((offset + length) / blockSize))
    const missed = free.findIndex((isFree, block) => isFree === 0 && taken[block] === 0)
    expect(missed).toBe(-1)
    const more = taken.reduce((sum, isTaken, block) => sum + (isTaken & (free[block] ?? 0)), 0)
    expect(more / free.length).toBeLessThan(0.05)
    const sum = found.reduce((total, { length }) => total + length, 0)
    expect(sum).toBeLessThan(size / 3)
  })

  it('is all of one whose bitmaps count clusters', async () => {
    await make(GiB / 4, ['-O', 'bigalloc'])
    const { found, size } = await ranges()
    expect(found).toEqual([{ offset: 0, length: size }])
  })
})
