import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bytes, MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { runCommand } from '../../run-command.ts'
import { patternOf } from '../../testing/byte-source.ts'
import { dataPartition, open, stateWith, volumeOf } from '../../testing/pc-with-volume.ts'
import { smallPc } from '../../testing/small-pc.ts'

const smaller = bytes(40 * MiB)
let folder: string
let image: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-ext4-'))
  image = join(folder, 'volume')
  writeFileSync(image, '')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(program: string, args: readonly string[]): Promise<string> {
  return expectOk(await runCommand({ program, args, timeoutMs: 60_000 })).stdout
}

it('shrinks ext4 and grows it back, with its files', async () => {
  truncateSync(image, smallPc.dataBytes)
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', image])
  const file = join(folder, 'file')
  writeFileSync(file, patternOf(5_000_000))
  await run('debugfs', ['-w', '-R', `write ${file} kept.bin`, image])
  const state = stateWith(new Uint8Array(readFileSync(image)), 512)
  const { platform } = open(state, 512)
  const before = await dataPartition(platform)
  expect(expectOk(await platform.shrinkLimit(smallPc.disk, smallPc.data))).toBeLessThan(smaller)
  for (const size of [smaller, bytes(smallPc.dataBytes)]) {
    expectOk(await platform.resizeVolume(smallPc.disk, smallPc.data, size))
    const after = await dataPartition(platform)
    expect(after).toMatchObject({ size, volume: { fileSystem: 'ext4', size, dirty: false } })
    writeFileSync(image, volumeOf(state.disks[0]).subarray(0, size))
    await run('e2fsck', ['-f', '-n', image])
    const copy = join(folder, 'copy')
    await run('debugfs', ['-R', `dump kept.bin ${copy}`, image])
    expect(readFileSync(copy).equals(patternOf(5_000_000))).toBe(true)
  }
  expect((await dataPartition(platform)).tableDigest).toBe(before.tableDigest)
})
