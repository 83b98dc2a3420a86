import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { openPracticePc } from '../../installer-core/adapters/disk-image/open-practice-pc.ts'
import { runCommand } from '../../installer-core/adapters/run-command.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { neverCancelled } from '../../installer-core/ports/cancellation.ts'
import { bootPracticePc } from '../../installer-core/practice/boot.ts'
import type { PcStart } from '../../installer-core/practice/boot-schema.ts'
import { runTool } from '../boot/run-tool.ts'
import { offlineDisk, volumeDigest, type FileSums, type OfflineVolume } from './offline-pc.ts'

/** Where the power goes: after a line that the stage says, and a while more. */
export interface Cut {
  readonly line: RegExp
  readonly delayMs: number
}

/* The single executable, as the build phase before has made it: it makes the stage, and is in it. */
const program = join(import.meta.dirname, '../../dist/berth')

/** A PC that is prepared for the offline stage, once for a test file, and copies of it that are started. */
export class OfflineStarts {
  readonly #work = mkdtempSync(join(tmpdir(), 'berth-offline-'))
  readonly #volume: OfflineVolume
  #sums: FileSums = {}

  constructor(volume: OfflineVolume) {
    this.#volume = volume
  }

  /** Makes the PC and the stage, and arms it. Takes minutes. */
  async prepare(): Promise<void> {
    const { partition, by, files } = this.#volume
    this.#sums = await this.#volume.make(this.#armed, this.#work)
    expect(Object.keys(this.#sums)).toHaveLength(files)
    const stage = join(this.#work, 'stage')
    await berth('system', 'build', 'stage', '--out', stage, '--json')
    const room = ['make-room', partition, '--by', `${by / MiB}`, '--stage', stage, '--pc', this.#armed]
    expect(await berth(...room, '--yes', '--json')).toMatchObject({ outcome: 'room-prepared' })
  }

  /**
   * Starts a copy, cut after cut, and then until its own system comes; everything has to be right then, and after the
   * room was given back.
   */
  async finish(name: string, cuts: readonly Cut[], givesBack = false): Promise<void> {
    const pc = join(this.#work, name)
    await runTool.copyFolder(this.#armed, pc)
    for (const cut of cuts) {
      // A cut that comes too late finds the PC at its end.
      if (isSystem(await start(pc, cut))) break
    }
    for (let again = 0; !isSystem(await start(pc)); again += 1) expect(again).toBeLessThan(4)
    await this.#expectShrunk(pc)
    if (givesBack) await this.#giveBack(pc)
    rmSync(pc, { recursive: true })
  }

  /** Starts a copy whose store is too small for the work; the volume has to be as it was, to the byte. */
  async runFull(): Promise<void> {
    const pc = join(this.#work, 'full')
    await runTool.copyFolder(this.#armed, pc)
    const before = volumeDigest(pc)
    const store = '/EFI/Berth/stage/store'
    await runTool.replaceFile(join(pc, offlineDisk), MiB, store, (whole) => whole.subarray(0, 8 * MiB))
    expect(isSystem(await start(pc))).toBe(false)
    expect(isSystem(await start(pc))).toBe(true)
    const answer = await berth('make-room', '--pc', pc, '--json')
    expect(answer).toMatchObject({ phase: 'refused', failure: 'no-space' })
    expect(volumeDigest(pc)).toBe(before)
    expect(await berth('make-room', '--pc', pc, '--json')).toMatchObject({ phase: null })
    rmSync(pc, { recursive: true })
  }

  /** Starts a copy whose stage cannot read its job: it lets the present system start, and changes nothing. */
  async loseJob(): Promise<void> {
    const pc = join(this.#work, 'lost')
    await runTool.copyFolder(this.#armed, pc)
    const before = volumeDigest(pc)
    const job = '/EFI/Berth/stage/job.json'
    await runTool.replaceFile(join(pc, offlineDisk), MiB, job, (whole) => whole.subarray(0, 100))
    const stage = await start(pc)
    expect(stage.lines.map(({ text }) => text)).toContainEqual(expect.stringContaining('nothing was changed'))
    expect(isSystem(await start(pc))).toBe(true)
    expect(volumeDigest(pc)).toBe(before)
    rmSync(pc, { recursive: true })
  }

  remove(): void {
    rmSync(this.#work, { recursive: true, force: true })
  }

  get #armed(): string {
    return join(this.#work, 'armed')
  }

  /** The partition, the file system, every file, the room, and nothing left behind. */
  async #expectShrunk(pc: string): Promise<void> {
    expect(await berth('make-room', '--pc', pc, '--json')).toMatchObject({ phase: 'done', failure: null })
    const { partition, by, fileSystem } = this.#volume
    const size = this.#volume.size - by
    expect(await this.#volume.read(pc, this.#work, size)).toEqual(this.#sums)
    const disk = (await look(pc)).disks[0]
    const found = disk?.partitions.find(({ id }) => id === (partition as string))
    // ntfsresize leaves its mark for Windows' check.
    const dirty = fileSystem === 'ntfs'
    // And it ends at its last whole cluster, with the copy of its boot sector behind that.
    const own = fileSystem === 'ntfs' ? size - 4096 + 512 : size
    expect(found).toMatchObject({ size, volume: { fileSystem, dirty, size: own } })
    expect(disk?.gaps.some((gap) => gap.size >= by)).toBe(true)
    expect(await berth('make-room', '--pc', pc, '--json')).toMatchObject({ phase: null })
  }

  /** The table to the byte, every file, and nothing of Berth's on the ESP. */
  async #giveBack(pc: string): Promise<void> {
    expect(await berth('undo', '--pc', pc, '--yes', '--json')).toMatchObject({ outcome: 'undone' })
    expect(await this.#volume.read(pc, this.#work, this.#volume.size)).toEqual(this.#sums)
    const [now, before] = [await look(pc), await look(this.#armed)]
    expect(now.disks[0]?.tableDigest).toBe(before.disks[0]?.tableDigest)
    expect(now.bootVolumes.flatMap(({ files }) => files.map(({ path }) => path))).toEqual([
      '/EFI/debian/linux.efi',
    ])
    expect(await berth('undo', '--pc', pc, '--yes', '--json')).toMatchObject({ outcome: 'nothing-to-do' })
  }
}

async function look(pc: string) {
  const opened = expectOk(await openPracticePc(pc, { access: 'read' }))
  const facts = expectOk(await opened.platform.probe(neverCancelled))
  await opened.close()
  return facts
}

/** One start, which may be cut. */
async function start(pc: string, cut?: Cut): Promise<PcStart> {
  const boot = expectOk(
    await bootPracticePc(pc, {
      maxRestarts: 0,
      limitSeconds: 1200,
      onStarted: (running) => {
        if (cut === undefined) return
        void running.waitFor(cut.line, 1_200_000).then(async (seen) => {
          if (seen === null) return
          await wait(cut.delayMs)
          await running.cutPower()
        })
      },
    }),
  )
  const [only] = boot.starts
  if (only === undefined) throw new Error('no start')
  return only
}

function isSystem({ lines }: PcStart): boolean {
  return lines.some(({ text }) => text.startsWith('Linux stand-in'))
}

async function berth(...args: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await runCommand({ program, args, timeoutMs: 1_000_000 })
  const output = ran.ok ? ran.value.stdout : (ran.failure.command?.output ?? '')
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
}
