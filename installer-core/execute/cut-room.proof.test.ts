import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { seeded } from '../formats/testing/fuzz.ts'
import { runPlan } from './run-plan.ts'
import type { RunTools } from './run-tools.ts'
import { cutEverywhere, newCount, recordRun, type Recording } from './testing/cut-run.ts'
import { expectInstalled, snapshot, type Snapshot } from './testing/cut-verdict.ts'
import { beforeOf, installerOn, onlyDisk, toolsOn } from './testing/open-world.ts'
import { faultOfRoot, makeRoomWorlds, roomScenario, type RoomWorlds } from './testing/room-world.ts'
import { cutRelease, installPlan } from './testing/scenario.ts'
import { writeCounts } from './testing/test-counts.ts'
import { bytesAt, fork, type World } from './testing/world.ts'

const samples = Number(process.env['BERTH_CUT_SAMPLES'] ?? 2)
const count = newCount()
const started = performance.now()
afterAll(() => {
  const seconds = Math.round((performance.now() - started) / 1000)
  writeCounts('cuts-room', { ...count, samples, seconds, skipped: 0 })
  console.log(`cuts-room: ${count.cuts} cuts, ${count.twice} recoveries cut again, ${seconds} s`)
})

/** The whole way of `berth undo`: looks, plans from what it finds, takes away, proves. */
async function undo(tools: RunTools) {
  const installer = installerOn(tools)
  const { plan } = expectOk(await installer.planUndo())
  return installer.undo(plan?.fingerprint ?? '')
}

function expectWhole(world: World, whole: Snapshot): void {
  const now = snapshot(world)
  now.tables.forEach((table, i) => {
    if (!table.equals(whole.tables[i]!)) expect.fail(`partition table ${i} differs`)
  })
  expect(now.variables).toEqual(whole.variables)
  expect(now.espFiles).toEqual(whole.espFiles)
  const fault = faultOfRoot(bytesAt(onlyDisk(world)))
  if (fault !== null) expect.fail(fault)
}

/** The changes before the last step: the last records are that of the step before it, its own, and the end. */
function beforeLastStep({ trace }: Recording): number {
  const records = trace.flatMap(({ kind }, index) => (kind === 'journal' ? [index] : []))
  return records.at(-3) ?? 0
}

describe('room that the offline stage made', () => {
  let worlds: RoomWorlds
  let whole: Snapshot
  let installed: World
  beforeAll(async () => {
    worlds = await makeRoomWorlds()
    whole = snapshot(worlds.whole)
    const install = await recordRun(worlds.shrunk, 'installed', async (tools) =>
      runPlan(tools, {
        plan: installPlan(roomScenario),
        release: cutRelease,
        before: await beforeOf(tools),
      }),
    )
    installed = install.end
  })

  async function cut(recording: Recording, first: number, unchanged: (world: World) => void): Promise<void> {
    const options = { samples, random: seeded(recording.trace.length), twiceEvery: 100, first }
    await cutEverywhere(
      recording,
      {
        ...options,
        judge: (world, outcome) => {
          expect(['undone', 'unchanged']).toContain(outcome)
          if (outcome === 'undone') expectWhole(world, whole)
          else unchanged(world)
        },
      },
      count,
    )
  }

  it('is used, and goes back last of all when what lies in it is taken away', async () => {
    expectInstalled(installed, roomScenario, false)
    const planned = expectOk(await installerOn(toolsOn(fork(installed))).planUndo())
    expect(planned.plan?.steps.map(({ kind }) => kind).slice(-3)).toEqual([
      'remove-files',
      'remove-partition',
      'return-room',
    ])
    expectWhole((await recordRun(installed, 'undone', undo)).end, whole)
  })

  it('is given back to the root, wherever the undo is cut', async () => {
    const recording = await recordRun(installed, 'undone', undo)
    // Until the partition in the room is gone it is an undo like those of the other suites: that part in the long run only.
    const first = samples > 2 ? 0 : beforeLastStep(recording)
    await cut(recording, first, (world) => expectInstalled(world, roomScenario, false))
  })

  it('is given back alone, wherever that is cut', async () => {
    const table = snapshot(worlds.shrunk).tables
    await cut(await recordRun(worlds.shrunk, 'undone', undo), 0, (world) =>
      expect(snapshot(world).tables).toEqual(table),
    )
  })
})
