import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, KiB, lba, MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { runCommand, startCommand } from '../adapters/run-command.ts'
import { patternOf } from '../adapters/testing/byte-source.ts'
import type { DiskId, PartitionId, ReleaseId } from '../model/primitives.ts'
import type { StageJob } from '../model/stage.ts'
import { streamCommand } from '../practice/command-stream.ts'
import { memoryDevice } from '../probe/testing/memory-device.ts'
import { readVolume } from '../probe/volumes/read-volume.ts'
import { partitionReader } from '../probe/volumes/volume-reader.ts'
import { markText } from '../steps/stage-files.ts'
import { readStageMark } from './stage-mark.ts'

const script = join(import.meta.dirname, 'testing/shrink-process.ts')
const job: StageJob = {
  schema: 'berth/stage-job/1',
  disk: 'd15c0000-0000-4000-8000-000000000001' as DiskId,
  partition: 'da7a0000-0000-4000-8000-000000000001' as PartitionId,
  start: lba(2048),
  from: bytes(96 * MiB),
  to: bytes(56 * MiB),
  entry: 7,
  option: '00',
  release: 'offline-1' as ReleaseId,
  releaseSha256: 'ab'.repeat(32),
}
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-offline-'))
  writeFileSync(join(folder, 'mark'), markText({ phase: 'prepare', starts: 0 }))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function run(program: string, args: readonly string[]): Promise<void> {
  expectOk(await runCommand({ program, args, timeoutMs: 120_000 }))
}

/** 300 files all over the volume: as many were between them and are removed again. */
async function makeVolume(): Promise<void> {
  const volume = join(folder, 'volume')
  const files = join(folder, 'files')
  mkdirSync(files)
  for (let number = 0; number < 600; number += 1)
    writeFileSync(join(files, `${number}`), patternOf((number % 64) * 4 * KiB + number))
  writeFileSync(volume, '')
  truncateSync(volume, job.from)
  await run('mke2fs', [
    '-q',
    '-F',
    '-t',
    'ext4',
    '-b',
    '4096',
    '-m',
    '0',
    '-J',
    'size=4',
    '-d',
    files,
    volume,
  ])
  const removals = Array.from({ length: 300 }, (_, i) => `rm /${2 * i}\n`).join('')
  writeFileSync(join(folder, 'commands'), removals)
  await run('debugfs', ['-w', '-f', join(folder, 'commands'), volume])
  rmSync(files, { recursive: true })
}

const digest = () =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'volume')))
    .digest('hex')
const phase = () => expectOk(readStageMark(join(folder, 'mark'))).phase

/** Starts the shrink; kills it `delay` ms after the line that `seen` names. */
async function shrink(seen?: string, delay = 0, { wanted = job, fileSystem = 'ext4' } = {}): Promise<string> {
  const args = ['--import', 'tsx', script, folder, JSON.stringify(wanted), fileSystem]
  const running = expectOk(startCommand({ program: process.execPath, args }))
  let words = ''
  let isDue = false
  running.stdout.on('data', (piece: Buffer) => {
    words += piece.toString()
    if (seen === undefined || isDue || !words.split('\n').includes(seen)) return
    isDue = true
    void wait(delay).then(() => running.kill())
  })
  await running.ended
  return words
}

async function expectFilesKept(): Promise<void> {
  const out = join(folder, 'seen')
  mkdirSync(out)
  await run('e2fsck', ['-f', '-n', join(folder, 'volume')])
  await run('debugfs', ['-R', `rdump / ${out}`, join(folder, 'volume')])
  const names = readdirSync(out).filter((name) => name !== 'lost+found')
  expect(names).toHaveLength(300)
  for (const name of names)
    expect(
      readFileSync(join(out, name)).equals(patternOf((Number(name) % 64) * 4 * KiB + Number(name))),
    ).toBe(true)
}

/** Killed at the tools' work on the overlay, at its end, and while the volume itself is changed; then not any more. */
async function shrinkThroughKills(fileSystem: 'ext4' | 'ntfs', wanted: StageJob): Promise<void> {
  const before = digest()
  for (const [seen, delay] of [
    ['prepare', 200],
    ['merge', 0],
    ['merge', 30],
    ['table', 0],
  ] as const) {
    await shrink(seen, delay, { fileSystem, wanted })
    if (phase() === 'prepare') expect(digest()).toBe(before)
  }
  const words = await shrink(undefined, 0, { fileSystem, wanted })
  expect(phase(), words).toBe('done')
  expect(statSync(join(folder, 'volume')).size).toBe(wanted.to)
}

describe('an ext4', () => {
  beforeEach(makeVolume)

  it('is killed at any moment, and goes on until the volume is smaller with every file as it was', async () => {
    await shrinkThroughKills('ext4', job)
    await expectFilesKept()
  })

  it('changes nothing when there is more in it than the new size holds', async () => {
    const before = digest()
    const words = await shrink(undefined, 0, { wanted: { ...job, to: bytes(24 * MiB) } })
    expect(words).toMatch(/"code":"tool-failed".*resize2fs/)
    expect(phase()).toBe('prepare')
    expect(digest()).toBe(before)
  })
})

describe('an NTFS', () => {
  const names = Array.from({ length: 16 }, (_, index) => `${index}`)
  const wanted = { ...job, to: bytes(76 * MiB) }
  const contentOf = (name: string) => patternOf(4_000_000 + Number(name))

  /** Filled to two thirds, its files up to the end. */
  beforeEach(async () => {
    const volume = join(folder, 'volume')
    const source = join(folder, 'source')
    writeFileSync(volume, '')
    truncateSync(volume, job.from)
    await run('mkntfs', ['-q', '-Q', '-F', volume])
    for (const name of names) {
      writeFileSync(source, contentOf(name))
      await run('ntfscp', ['-f', '-q', volume, source, name])
    }
  })

  it('is made smaller in the same way, with every file as it was, and marked for a check', async () => {
    await shrinkThroughKills('ntfs', wanted)
    const volume = join(folder, 'volume')
    for (const name of names) {
      const pieces: Uint8Array[] = []
      expectOk(await streamCommand('ntfscat', ['-f', volume, name], (piece) => pieces.push(piece)))
      expect(Buffer.concat(pieces).equals(contentOf(name)), name).toBe(true)
    }
    const seen = await readVolume(
      partitionReader(memoryDevice(new Uint8Array(readFileSync(volume)), 512), 0, wanted.to),
    )
    expect(seen).toMatchObject({ fileSystem: 'ntfs', dirty: true })
    expect(wanted.to - (seen.size ?? 0)).toBeLessThan(64 * KiB)
  })

  it('that asks for a check is left as it is', async () => {
    await run('ntfsfix', [join(folder, 'volume')])
    const before = digest()
    const words = await shrink(undefined, 0, { wanted, fileSystem: 'ntfs' })
    expect(words).toMatch(/"code":"tool-failed".*ntfsresize/)
    expect(phase()).toBe('prepare')
    expect(digest()).toBe(before)
  })
})
