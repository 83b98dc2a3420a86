import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../adapters/run-command.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { patternOf } from '../adapters/testing/byte-source.ts'
import { open, stateWith } from '../adapters/testing/pc-with-volume.ts'
import { smallPc } from '../adapters/testing/small-pc.ts'
import { bytes, MiB } from '../base/bytes.ts'
import { expectOk, ok, type Result } from '../base/result.ts'
import { findPlace, systemEsp } from '../check/locate.ts'
import { buildRelease } from '../check/testing/machine-builder.ts'
import type { Machine } from '../model/machine.ts'
import { stageFolder } from '../model/stage.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { buildMachine } from '../probe/build-machine.ts'
import { sourceOf } from '../steps/byte-sources.ts'
import { bootNextName, numbersToBytes, readNext, readOrder, writeVariable } from '../steps/variables.ts'
import { armStageFor } from './arm-stage.ts'
import { clearStage, findStage } from './clear-stage.ts'
import { planStage } from './plan-stage.ts'

const loader = `${stageFolder}/stage.efi`
const content = patternOf(300_000)
const release: OpenRelease = {
  manifest: buildRelease({
    loader,
    files: [
      {
        source: 'stage.efi',
        path: loader,
        size: bytes(content.length),
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ],
  }),
  sha256: '00'.repeat(32),
  signer: { name: 'test', practiceOnly: true },
  openFile: async () => ok(sourceOf(content)),
}
const wish = { partition: smallPc.data, by: bytes(8 * MiB) }
let volume: Uint8Array
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-arm-'))
  const image = join(folder, 'volume')
  writeFileSync(image, '')
  truncateSync(image, smallPc.dataBytes)
  const args = ['-q', '-F', '-t', 'ext4', '-b', '4096', '-J', 'size=4', image]
  expectOk(await runCommand({ program: 'mke2fs', args, timeoutMs: 60_000 }))
  volume = new Uint8Array(readFileSync(image))
  rmSync(folder, { recursive: true })
})

let state: ReturnType<typeof stateWith>
let platform: Platform
beforeEach(() => {
  state = stateWith(volume, 512)
  platform = open(state, 512).platform
})

async function look(pc: Platform = platform): Promise<Machine> {
  return expectOk(buildMachine(expectOk(await pc.probe(neverCancelled)), nodeHasher))
}

async function arm(pc: Platform = platform): Promise<Result<unknown>> {
  const machine = await look(pc)
  const plan = await planStage(pc, machine, wish, release)
  return plan.ok ? armStageFor(pc, machine, plan.value, release) : plan
}

function espOf(machine: Machine) {
  const esp = systemEsp(machine)
  if (esp === null) throw new Error('no ESP')
  return esp
}

/** What arming could have left: the stage, and the firmware's choice. */
async function left(pc: Platform) {
  const machine = await look(pc)
  const { bootEntries } = machine.firmware
  const stage = expectOk(await findStage(pc, espOf(machine)))
  const next = expectOk(await readNext(pc.firmware))
  return { stage, next, entries: bootEntries.length, order: expectOk(await readOrder(pc.firmware)) }
}

describe('making room by the offline stage', () => {
  it('is planned down to whole MiB, with what it takes of the boot volume', async () => {
    const plan = expectOk(await planStage(platform, await look(), wish, release))
    expect(plan.to).toBe(smallPc.dataBytes - 8 * MiB)
    expect(plan.storeBytes).toBeGreaterThan(16 * MiB)
    expect(plan.storeBytes).toBeLessThan(32 * MiB)
    expect(plan.boot.partition.id).toBe(smallPc.esp)
  })

  it('is armed and taken back without a trace', async () => {
    const before = await left(platform)
    expectOk(await arm())
    const armed = await left(platform)
    expect(armed).toMatchObject({
      stage: { mark: { phase: 'prepare', starts: 0 } },
      entries: before.entries + 1,
    })
    expect(armed.next).toBe(armed.stage?.job.entry)
    expect(armed.order).toEqual(before.order)
    if (armed.stage === null) throw new Error('no stage')
    expectOk(await clearStage(platform, espOf(await look()), armed.stage))
    expect(await left(platform)).toEqual(before)
    const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
    expect(expectOk(await tree.list('/EFI'))).toEqual([])
    await tree.close()
  })

  it('does not take the place of another system that is chosen for the next start', async () => {
    expectOk(await writeVariable(platform.firmware, bootNextName, numbersToBytes([3])))
    const before = await left(platform)
    expect(await arm()).toMatchObject({ failure: { code: 'busy', facts: { what: 'BootNext' } } })
    expect(await left(platform)).toEqual(before)
  })

  it.each(['merge', 'table'] as const)('is not taken back any more in the phase %s', async (phase) => {
    expectOk(await arm())
    const { stage } = await left(platform)
    if (stage === null) throw new Error('no stage')
    const halfWay = { ...stage, mark: { phase, starts: 1 } }
    expect(await clearStage(platform, espOf(await look()), halfWay)).toMatchObject({
      failure: { code: 'run-open' },
    })
    expect((await left(platform)).next).toBe(stage.job.entry)
  })

  it('chooses no start that is not there when a write fails on the way, and is cleared away all the same', async () => {
    const before = await left(platform)
    let failed = 0
    for (const fault of [
      ...[1, 2, 4, 8, 12, 16].map(
        (at) => ({ operation: 'disk.write', at, kind: 'EIO', lasting: true }) as const,
      ),
      ...[1, 2].map((at) => ({ operation: 'variables.replace', at, kind: 'EIO' }) as const),
    ]) {
      const own = stateWith(volume, 512)
      const armed = await arm(open(own, 512, fault).platform)
      expect(armed.ok).toBe(false)
      failed += 1
      const sound = open(own, 512).platform
      const { stage, next } = await left(sound)
      expect(next).toBe(before.next)
      if (stage !== null) expectOk(await clearStage(sound, espOf(await look(sound)), stage))
      expect(await left(sound)).toEqual(before)
    }
    expect(failed).toBe(8)
  })
})

describe('making room is refused before anything is done', () => {
  const changed = (machine: Machine, change: object): Machine => ({
    ...machine,
    disks: machine.disks.map((disk) => ({
      ...disk,
      partitions: disk.partitions.map((one) =>
        one.id === smallPc.data ? { ...one, volume: { ...one.volume, ...change } } : one,
      ),
    })),
  })
  const plan = (machine: Machine, by = wish.by) => planStage(platform, machine, { ...wish, by }, release)

  it.each([
    ['LVM upon it', { inUse: ['dm root'] }, { code: 'unsupported', facts: { found: 'ext4, dm root' } }],
    ['swap', { inUse: ['swap'] }, { code: 'unsupported' }],
    ['another file system', { fileSystem: 'xfs' }, { code: 'unsupported', facts: { found: 'xfs' } }],
    ['a volume at rest that asks for a check', { dirty: true }, { code: 'volume-dirty' }],
  ])('with %s', async (_, change, failure) => {
    expect(await plan(changed(await look(), change))).toMatchObject({ failure })
  })

  it('not with a mounted root, which always looks as if it asked for a check', async () => {
    expectOk(await plan(changed(await look(), { inUse: ['/', '/home'], dirty: true })))
  })

  it('with more than the volume can give', async () => {
    const limit = { code: 'volume-shrink-limit', facts: { what: smallPc.data } }
    expect(await plan(await look(), bytes(60 * MiB))).toMatchObject({ failure: limit })
    expect(await plan(await look(), bytes(600 * MiB))).toMatchObject({ failure: limit })
  })

  it('with a boot volume that has no room for the stage and its overlay, saying how much it takes', async () => {
    const machine = await look()
    const place = findPlace(machine, smallPc.esp)
    const full = {
      ...machine,
      disks: machine.disks.map((disk) => ({
        ...disk,
        partitions: disk.partitions.map((one) =>
          one === place?.partition ? { ...one, volume: { ...one.volume, free: bytes(5 * MiB) } } : one,
        ),
      })),
    }
    const refused = await plan(full)
    expect(refused).toMatchObject({
      failure: { code: 'no-space', facts: { where: smallPc.esp, found: 5 * MiB } },
    })
    expect(!refused.ok && Number(refused.failure.facts['required'])).toBeGreaterThan(20 * MiB)
  })

  it('with an identity that is not there', async () => {
    const unknown = { ...wish, partition: smallPc.boot }
    expect(await planStage(platform, await look(), unknown, release)).toMatchObject({
      failure: { code: 'unknown-partition' },
    })
  })
})
