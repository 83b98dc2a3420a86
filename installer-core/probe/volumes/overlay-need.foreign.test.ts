import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bytes, MiB, type Bytes } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { patternOf } from '../../adapters/testing/byte-source.ts'
import { memoryDevice } from '../testing/memory-device.ts'
import { partitionReader } from './volume-reader.ts'
import { overlayNeed } from './overlay-need.ts'

const size = 300 * MiB
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-need-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function run(program: string, args: readonly string[]): Promise<string> {
  return expectOk(await runCommand({ program, args, timeoutMs: 60_000 })).stdout
}

async function needOf(fileSystem: 'ext4' | 'ntfs', volume: string, to: Bytes): Promise<number> {
  const device = memoryDevice(new Uint8Array(readFileSync(volume)), 512)
  return expectOk(await overlayNeed(fileSystem, partitionReader(device, 0, size), to))
}

/** What resize2fs itself notes for its undo file when it shrinks: what an overlay would have to take up. */
async function measured(volume: string, to: number): Promise<number> {
  const undo = join(folder, 'undo')
  rmSync(undo, { force: true })
  await run('e2fsck', ['-f', '-p', volume])
  await run('resize2fs', ['-z', undo, volume, `${to / 1024}K`])
  return statSync(undo).size
}

it.each([
  ['ext4 with 64-bit descriptors', ['-b', '4096', '-O', '64bit']],
  ['ext4 with short descriptors', ['-b', '4096', '-O', '^64bit']],
])('is at least what resize2fs writes, and not much more: %s', async (_, options) => {
  const volume = join(folder, 'volume')
  const file = join(folder, 'file')
  writeFileSync(volume, '')
  truncateSync(volume, size)
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-m', '0', ...options, volume])
  writeFileSync(file, patternOf(10_000_000))
  const names = Array.from({ length: 20 }, (_, i) => i)
  const commands = join(folder, 'commands')
  // The first half goes again, so that the second half lies behind free room.
  writeFileSync(
    commands,
    [...names.map((n) => `write ${file} file${n}`), ...names.slice(0, 12).map((n) => `rm file${n}`), ''].join(
      '\n',
    ),
  )
  await run('debugfs', ['-w', '-f', commands, volume])
  const to = bytes(180 * MiB)
  const need = await needOf('ext4', volume, to)
  const needed = await measured(volume, to)
  expect(needed).toBeGreaterThan(10 * MiB)
  expect(need).toBeGreaterThan(needed)
  expect(need).toBeLessThan(needed * 1.3 + 32 * MiB)
})

/** 4 KiB pieces of the volume that ntfsresize changes, and its log, which it writes whatever was in it. */
async function changedByNtfsresize(volume: string, to: number): Promise<number> {
  const before = readFileSync(volume)
  await run('ntfsresize', ['--force', '--no-progress-bar', '--size', String(to), volume])
  const after = readFileSync(volume)
  let changed = 0
  for (let at = 0; at < size; at += 4096)
    if (!before.subarray(at, at + 4096).equals(after.subarray(at, at + 4096))) changed += 4096
  const log = /Allocated size:\s+(\d+)/.exec(
    (await run('ntfsinfo', ['-f', '-i', '2', volume])).replace(/[^]*\$DATA/, ''),
  )?.[1]
  expect(Number(log)).toBeGreaterThan(MiB)
  return changed + Number(log)
}

it.each(['512', '4096', '65536'])(
  'is at least what ntfsresize writes, and not much more: clusters of %s bytes',
  async (cluster) => {
    const volume = join(folder, 'volume')
    const file = join(folder, 'file')
    writeFileSync(volume, '')
    truncateSync(volume, size)
    await run('mkntfs', ['-q', '-Q', '-F', '-c', cluster, volume])
    writeFileSync(file, patternOf(9_000_000))
    for (let number = 0; number < 24; number += 1)
      await run('ntfscp', ['-f', '-q', volume, file, `${number}`])
    const to = bytes(230 * MiB)
    const need = await needOf('ntfs', volume, to)
    const needed = await changedByNtfsresize(volume, to)
    expect(needed).toBeGreaterThan(8 * MiB)
    expect(need).toBeGreaterThan(needed)
    expect(need).toBeLessThan(needed * 1.4 + 32 * MiB)
  },
)
