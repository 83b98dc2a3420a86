import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashText } from '../adapters/node-hasher.ts'
import { bytes, KiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { findPlace, systemEsp } from '../check/locate.ts'
import { seeded } from '../formats/testing/fuzz.ts'
import { makeRoomPlan } from '../plan/make-room-plan.ts'
import { runPlan } from './run-plan.ts'
import type { RunTools } from './run-tools.ts'
import { cutEverywhere, newCount, recordRun, type Recording } from './testing/cut-run.ts'
import { snapshot, type Snapshot } from './testing/cut-verdict.ts'
import { beforeOf, installerOn, toolsOn } from './testing/open-world.ts'
import { makeRoomWorlds, rootGuid } from './testing/room-world.ts'
import { stageRelease } from './testing/stage-pc.ts'
import { writeCounts } from './testing/test-counts.ts'
import { fork, type World } from './testing/world.ts'

const samples = Number(process.env['BERTH_CUT_SAMPLES'] ?? 2)
const count = newCount()
const started = performance.now()
afterAll(() => {
  const seconds = Math.round((performance.now() - started) / 1000)
  writeCounts('cuts-make-room', { ...count, samples, seconds, skipped: 0 })
  console.log(`cuts-make-room: ${count.cuts} cuts, ${count.twice} recoveries cut again, ${seconds} s`)
})

const release = stageRelease(20_000)

/** With a store of a size that fits on a small ESP: nothing is started here that would work in it. */
async function prepare(tools: RunTools) {
  const machine = expectOk(await installerOn(tools).machine())
  const [volume, boot] = [findPlace(machine, rootGuid as never), systemEsp(machine)]
  if (volume === null || boot === null) throw new Error('no root or no ESP')
  const to = bytes(volume.partition.size / 2)
  const room = { volume, boot, to, storeBytes: bytes(48 * KiB) }
  const { plan } = makeRoomPlan(machine, room, release, [], hashText)
  if (plan === null) throw new Error('no plan')
  return runPlan(tools, { plan, release, before: await beforeOf(tools) })
}

async function clear(tools: RunTools) {
  const installer = installerOn(tools)
  const { plan } = expectOk(await installer.planClearRoom())
  return installer.clearRoom(plan?.fingerprint ?? '')
}

function expectSame(world: World, to: Snapshot): void {
  const [now, then] = [snapshot(world), { ...to }]
  expect(now.tables.every((table, i) => table.equals(then.tables[i]!))).toBe(true)
  expect(now.variables).toEqual(then.variables)
  expect(now.espFiles).toEqual(then.espFiles)
}

describe('a start into the offline stage', () => {
  let whole: World
  let prepared: Recording
  beforeAll(async () => {
    ;({ whole } = await makeRoomWorlds())
    prepared = await recordRun(whole, 'room-prepared', prepare)
  })

  /** Every cut ends as the run was meant to, or as the PC was before. */
  async function cut(recording: Recording, done: string): Promise<void> {
    const [before, after] = [snapshot(recording.start), snapshot(recording.end)]
    await cutEverywhere(
      recording,
      {
        samples,
        random: seeded(recording.trace.length),
        twiceEvery: 100,
        judge: (world, outcome) => {
          expect([done, 'rolled-back', 'unchanged']).toContain(outcome)
          expectSame(world, outcome === done ? after : before)
        },
      },
      count,
    )
  }

  it('is prepared, or not, wherever that is cut', async () => {
    const { variables, espFiles } = snapshot(prepared.end)
    expect(Object.keys(variables).some((name) => name.endsWith('BootNext'))).toBe(true)
    expect(espFiles.filter((file) => /berth\/stage\/./i.test(file)).length).toBeGreaterThan(3)
    await cut(prepared, 'room-prepared')
    expect(count.outcomes['rolled-back']).toBeGreaterThan(0)
    expect(count.outcomes['room-prepared']).toBeGreaterThan(0)
  })

  it('is taken away again, wherever that is cut', async () => {
    const cleared = await recordRun(prepared.end, 'room-cleared', clear)
    expectSame(cleared.end, snapshot(whole))
    await cut(cleared, 'room-cleared')
  })

  it('is not there any more once it was taken away', async () => {
    const tools = toolsOn(fork(whole))
    expect(expectOk(await installerOn(tools).stage())).toBeNull()
  })
})
