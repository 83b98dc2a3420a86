import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memoryJournalStore } from '../adapters/memory/memory-journal.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { open } from '../adapters/testing/pc-with-volume.ts'
import { smallPc } from '../adapters/testing/small-pc.ts'
import { bytes, MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { buildRelease } from '../check/testing/machine-builder.ts'
import { Installer } from '../installer.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'
import { stageFolder, type StageMark } from '../model/stage.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import { wishAsShown, type RoomWish } from '../plan/room-wish.ts'
import type { Platform } from '../ports/platform.ts'
import { buildMachine } from '../probe/build-machine.ts'
import { sourceOf } from '../steps/byte-sources.ts'
import { markText } from '../steps/stage-files.ts'
import { leaveFirmware } from '../steps/stage-firmware.ts'
import { bootNextName, numbersToBytes, readNext, readOrder, writeVariable } from '../steps/variables.ts'
import { JournalWriter } from './journal.ts'
import { historyOf } from './run-history.ts'
import { emptyExt4, stagePc, stageRelease } from './testing/stage-pc.ts'

const release = stageRelease(300_000)
const wish = { partition: smallPc.data, by: bytes(8 * MiB) }
let volume: Uint8Array
beforeAll(async () => {
  volume = await emptyExt4()
})

let state: Awaited<ReturnType<typeof stagePc>>
let platform: Platform
beforeEach(async () => {
  state = await stagePc(volume)
  platform = open(state, 512).platform
})

async function look(pc: Platform = platform): Promise<Machine> {
  return expectOk(buildMachine(expectOk(await pc.probe(neverCancelled)), nodeHasher))
}

function installerOn(pc: Platform = platform, journal: JournalStore = memoryJournalStore()): Installer {
  return new Installer({ platform: pc, journal, hasher: nodeHasher, clock: nodeClock, version: '0.0.0' })
}

/** Plans, confirms what was planned, and runs it. */
async function arm(installer: Installer) {
  const planned = await installer.planRoom(wish, release)
  if (!planned.ok) return planned
  const { plan } = planned.value
  if (plan === null) throw new Error(JSON.stringify(planned.value.issues))
  return installer.makeRoom(wishAsShown(wish, plan), release, plan.fingerprint)
}

async function clear(installer: Installer) {
  const planned = await installer.planClearRoom()
  return planned.ok ? installer.clearRoom(planned.value.plan?.fingerprint ?? '') : planned
}

/** What arming could have left: the stage, what else is on the ESP, and the firmware's choice. */
async function left(pc: Platform) {
  const { firmware, bootVolumes } = await look(pc)
  const tree = expectOk(await pc.openBootVolume(smallPc.disk, smallPc.esp))
  const folders = expectOk(await tree.list('/EFI'))
  await tree.close()
  return {
    stage: expectOk(await installerOn(pc).stage()),
    files: bootVolumes.flatMap(({ files }) => files.map(({ path }) => path)),
    folders,
    next: expectOk(await readNext(pc.firmware)),
    entries: firmware.bootEntries.length,
    order: expectOk(await readOrder(pc.firmware)),
  }
}

/** What the stage does to its mark and the firmware, as far as it matters to whoever comes back. */
async function play(mark: StageMark): Promise<void> {
  const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
  expectOk(await tree.remove(`${stageFolder}/mark`))
  expectOk(await tree.create(`${stageFolder}/mark`, sourceOf(new TextEncoder().encode(markText(mark)))))
  if (mark.phase === 'done' || mark.phase === 'refused')
    for (const name of ['store', 'stage.efi']) expectOk(await tree.remove(`${stageFolder}/${name}`))
  expectOk(await tree.sync())
  await tree.close()
  const stage = expectOk(await installerOn().stage())
  if (stage === null) throw new Error('no stage')
  if (mark.phase === 'done' || mark.phase === 'refused')
    expectOk(await leaveFirmware(platform.firmware, stage.job))
}

describe('making room by the offline stage', () => {
  it('is planned down to whole MiB, with what it takes of the boot volume, and shown as it will be', async () => {
    const { plan } = expectOk(await installerOn().planRoom(wish, release))
    const [write, next] = plan?.steps ?? []
    if (write?.kind !== 'write-stage' || next?.kind !== 'arm-stage') throw new Error('other steps')
    expect(plan).toMatchObject({ goal: 'make-room', release: release.manifest.id, pointOfNoReturn: null })
    expect(write.job).toMatchObject({ partition: smallPc.data, to: smallPc.dataBytes - 8 * MiB })
    expect(write.target.partition).toBe(smallPc.esp)
    expect(write.storeBytes).toBeGreaterThan(24 * MiB)
    expect(write.storeBytes).toBeLessThan(40 * MiB)
    const size = (layouts: Plan['before'] = []) =>
      layouts[0]?.partitions.find(({ partition }) => partition === smallPc.data)?.size
    expect([size(plan?.before), size(plan?.after)]).toEqual([smallPc.dataBytes, write.job.to])
    const room = { what: 'free-space', size: 8 * MiB, restorable: true }
    expect(plan?.lost).toEqual([expect.objectContaining(room)])
  })

  it('is one plan whatever the file system needs by then, as long as it fits into the store that was shown', async () => {
    const { plan } = expectOk(await installerOn().planRoom(wish, release))
    const again = async (more: Partial<RoomWish>) => installerOn().planRoom({ ...wish, ...more }, release)
    const shown = wishAsShown(wish, plan!)
    expect(expectOk(await again(shown)).plan?.fingerprint).toBe(plan?.fingerprint)
    const other = bytes(shown.storeBytes! + MiB)
    expect(expectOk(await again({ storeBytes: other })).plan?.fingerprint).not.toBe(plan?.fingerprint)
    expect(await again({ storeBytes: bytes(16 * MiB) })).toMatchObject({
      failure: { code: 'no-space', facts: { where: 'store', found: 16 * MiB } },
    })
    expect((await left(platform)).stage).toBeNull()
  })

  it('finds no room on a full boot volume, which it names', async () => {
    const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
    const free = expectOk(await tree.free())
    expectOk(await tree.create('/filler', sourceOf(new Uint8Array(free - 8 * MiB))))
    expectOk(await tree.sync())
    await tree.close()
    const { plan, issues } = expectOk(await installerOn().planRoom(wish, release))
    expect(plan).toBeNull()
    const [found] = issues
    expect(found).toMatchObject({ id: 'stage-no-space', severity: 'blocker', where: smallPc.esp })
    expect(found?.facts['found']).toBeLessThan(9 * MiB)
    expect(found?.facts['required']).toBeGreaterThan(20 * MiB)
  })

  it('is armed and taken back without a trace', async () => {
    const before = await left(platform)
    const installer = installerOn()
    expect(expectOk(await arm(installer))).toMatchObject({ outcome: 'room-prepared', failure: null })
    const armed = await left(platform)
    expect(armed).toMatchObject({
      stage: { mark: { phase: 'prepare', starts: 0 } },
      entries: before.entries + 1,
    })
    expect(armed.next).toBe(armed.stage?.job.entry)
    expect(armed.order).toEqual(before.order)
    expect(await arm(installer)).toMatchObject({ failure: { code: 'already-exists' } })
    expect(expectOk(await clear(installer))).toMatchObject({ outcome: 'room-cleared', failure: null })
    expect(await left(platform)).toEqual(before)
    expect(await clear(installer)).toMatchObject({ failure: { code: 'not-found' } })
  })

  it('is not planned with a release that is no offline stage', async () => {
    const installer = installerOn()
    for (const manifest of [
      buildRelease(),
      { ...release.manifest, loader: '/EFI/Linux/other.efi' },
      {
        ...release.manifest,
        files: release.manifest.files.map((file) => ({ ...file, path: `${stageFolder}/mark` as never })),
      },
    ])
      expect(await installer.planRoom(wish, { ...release, manifest })).toMatchObject({
        failure: { code: 'unsupported', facts: { required: 'an offline stage' } },
      })
  })

  it('does only what was confirmed', async () => {
    const before = await left(platform)
    const installer = installerOn()
    const other = await installer.makeRoom(wish, release, '0'.repeat(64))
    expect(other).toMatchObject({ failure: { code: 'fingerprint-differs' } })
    expect(await left(platform)).toEqual(before)
    expectOk(await arm(installer))
    expect(await installer.clearRoom('0'.repeat(64))).toMatchObject({
      failure: { code: 'fingerprint-differs' },
    })
    expect((await left(platform)).stage).not.toBeNull()
  })

  it('does not take the place of another system that is chosen for the next start', async () => {
    expectOk(await writeVariable(platform.firmware, bootNextName, numbersToBytes([3])))
    const before = await left(platform)
    expect(await arm(installerOn())).toMatchObject({
      failure: { code: 'busy', facts: { what: 'BootNext' } },
    })
    expect(await left(platform)).toEqual(before)
  })

  it.each(['merge', 'table'] as const)('is not taken back any more in the phase %s', async (phase) => {
    expectOk(await arm(installerOn()))
    await play({ phase, starts: 1 })
    const { next, stage } = await left(platform)
    for (const asked of [clear, arm])
      expect(await asked(installerOn())).toMatchObject({ failure: { code: 'run-open' } })
    expect([next, (await left(platform)).next]).toEqual([stage?.job.entry, stage?.job.entry])
  })

  it('can be done again after a stage that ended, whose litter goes', async () => {
    expectOk(await arm(installerOn()))
    await play({ phase: 'refused', starts: 1, failure: 'no-space' })
    expect(expectOk(await arm(installerOn()))).toMatchObject({ outcome: 'room-prepared' })
    expect((await left(platform)).stage?.mark).toEqual({ phase: 'prepare', starts: 0 })
  })

  it('chooses no start that is not there when a write fails on the way, and takes everything back', async () => {
    const before = await left(platform)
    let failed = 0
    for (const fault of [
      ...[1, 2, 4, 8, 12, 16].map((at) => ({ operation: 'disk.write', at, kind: 'EIO' }) as const),
      ...[1, 2].map((at) => ({ operation: 'variables.replace', at, kind: 'EIO' }) as const),
    ]) {
      const own = await stagePc(volume)
      const report = expectOk(await arm(installerOn(open(own, 512, fault).platform)))
      expect(report, JSON.stringify(fault)).toMatchObject({ outcome: 'rolled-back' })
      failed += 1
      expect(await left(open(own, 512).platform)).toEqual(before)
    }
    expect(failed).toBe(8)
  })
})

describe('arming that was cut off at its very end', () => {
  /** The journal as it is when the last record did not arrive. */
  async function journalOfUnended(): Promise<JournalStore> {
    const whole = memoryJournalStore()
    const journal = memoryJournalStore()
    expectOk(await arm(installerOn(platform, whole)))
    const [run] = expectOk(await whole.runs())
    const lines = new TextDecoder().decode(expectOk(await whole.read(run!))).split('\n')
    expect(lines.at(-2)).toContain('room-prepared')
    expectOk(await journal.append(run!, new TextEncoder().encode(`${lines.slice(0, -2).join('\n')}\n`)))
    return journal
  }

  const armUnended = async () => installerOn(platform, await journalOfUnended())

  it.each(['prepare', 'merge', 'table', 'done', 'refused'] as const)(
    'counts as done when the stage has begun meanwhile and is at %s',
    async (phase) => {
      const installer = await armUnended()
      await play({ phase, starts: 1 })
      const before = await left(platform)
      expect(expectOk(await installer.recover())).toMatchObject({ outcome: 'room-prepared', failure: null })
      expect(await left(platform)).toEqual(before)
    },
  )

  /** The same when the run was being taken back already, which the power cut ended before anything of that was done. */
  async function armUnendedAndUndoing(): Promise<Installer> {
    const journal = await journalOfUnended()
    const [run] = expectOk(await journal.runs())
    const history = expectOk(await historyOf(journal, run!))
    const writer = new JournalWriter(journal, run!, () => nodeClock.now(), history?.journal)
    expectOk(await writer.append({ record: 'undoing', reason: 'failure' }))
    return installerOn(platform, journal)
  }

  it('does not say that all is as before when the stage has made the room while that was being taken back', async () => {
    const installer = await armUnendedAndUndoing()
    await play({ phase: 'done', starts: 1 })
    const before = await left(platform)
    expect(expectOk(await installer.recover())).toMatchObject({ outcome: 'room-prepared', failure: null })
    expect(await left(platform)).toEqual(before)
  })

  it.each([
    { phase: 'prepare', starts: 0 },
    { phase: 'refused', starts: 1, failure: 'no-space' },
  ] as const)('is taken back to its end when the stage has changed nothing: $phase', async (mark) => {
    const installer = await armUnendedAndUndoing()
    await play(mark)
    expect(expectOk(await installer.recover())).toMatchObject({ outcome: 'rolled-back', failure: null })
    expect(await left(platform)).toMatchObject({ stage: null, next: null })
  })

  it('waits for the stage that is half-way, whatever was to be taken back', async () => {
    const installer = await armUnendedAndUndoing()
    await play({ phase: 'merge', starts: 1 })
    expect(expectOk(await installer.recover())).toMatchObject({
      outcome: 'interrupted',
      failure: { code: 'run-open' },
    })
    expect((await left(platform)).stage?.mark.phase).toBe('merge')
  })

  it('is taken back when the stage has not begun and its start was lost', async () => {
    const installer = await armUnended()
    expectOk(await platform.firmware.delete(bootNextName))
    expect(expectOk(await installer.recover())).toMatchObject({ outcome: 'rolled-back', failure: null })
    expect(await left(platform)).toMatchObject({ stage: null, next: null })
  })
})
