import { expect } from 'vitest'
import { expectOk, type Result } from '../../base/result.ts'
import type { Report } from '../../model/report.ts'
import { recover } from '../recover.ts'
import { latestRun } from '../run-history.ts'
import type { RunTools } from '../run-tools.ts'
import type { CowDisk } from './cow-disk.ts'
import { expectSafe } from './cut-verdict.ts'
import { cutsOf, type Cut, type CutOptions } from './cuts.ts'
import { toolsOn } from './open-world.ts'
import { clone, fork, keyBesideDisks, type Change, type World } from './world.ts'

/** A run that was recorded: the state before, every change, the state after. */
export interface Recording {
  readonly start: World
  readonly trace: readonly Change[]
  readonly end: World
}

/** What a run came to; `unchanged`: the cut was before its first record. */
type Outcome = Report['outcome'] | 'unchanged'

/** Does a run on a copy of `start` and records every change it makes. */
export async function recordRun(
  start: World,
  outcome: Report['outcome'],
  work: (tools: RunTools) => Promise<Result<Report>>,
): Promise<Recording> {
  const end = clone(start)
  const trace: Change[] = []
  const report = expectOk(await work(toolsOn(end, (change) => trace.push(change))))
  expect(report.outcome, JSON.stringify(report.failure)).toBe(outcome)
  return { start, trace, end }
}

/** How many cuts were made, by what they ended in. */
export interface CutCount {
  cuts: number
  /** Recoveries that were run; every other cut left a state in which one of these had seen no difference. */
  recoveries: number
  boundaries: number
  twice: number
  readonly outcomes: Record<string, number>
}

export function newCount(): CutCount {
  return { cuts: 0, recoveries: 0, boundaries: 0, twice: 0, outcomes: {} }
}

export interface CutPlan extends CutOptions {
  /** Every how many cuts the recovery itself is cut too. */
  readonly twiceEvery: number
  /** Only cuts after so many changes; all when absent. */
  readonly first?: number
  /** The verdict on the recovered PC. */
  readonly judge: (world: World, outcome: Outcome) => void
}

/** Cuts a recorded run everywhere, recovers each time, and judges. */
export async function cutEverywhere(recording: Recording, plan: CutPlan, count: CutCount): Promise<void> {
  const first = plan.first ?? 0
  count.boundaries += recording.trace.length + 1 - first
  let known: { readonly epoch: number; readonly recovered: Recovered[] } = { epoch: -1, recovered: [] }
  for (const cut of cutsOf(recording.start, recording.trace, plan)) {
    if (cut.boundary < first) continue
    const label = `cut after change ${cut.boundary} (${cut.arrived})`
    try {
      expectSafe(cut.world)
      const runs = recording.start.journal.size
      if (count.cuts % plan.twiceEvery === 0) await cutTwice(cut.world, runs, plan, count)
      if (cut.epoch !== known.epoch) known = { epoch: cut.epoch, recovered: [] }
      // Opening the PC takes back a change of sectors that was under way.
      toolsOn(cut.world)
      if (!known.recovered.some((one) => goesTheSameWay(one, cut.world))) {
        const after = fork(cut.world)
        for (const disk of after.disks) disk.track()
        await recoverAndJudge(after, runs, plan, count)
        known.recovered.push({ start: cut.world, key: keyBesideDisks(cut.world), after })
      }
    } catch (error) {
      throw new Error(`${label}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
    count.cuts += 1
  }
}

/** A recovery that was run: from where, and the disks with what it and its judge looked at. */
interface Recovered {
  readonly start: World
  readonly key: string
  readonly after: World
}

/**
 * True when a recovery from this state would see exactly what that one saw: the states differ at most in sectors that
 * neither it nor the verdict on it looked at (contents of free clusters). So it would do the same, and end the same.
 */
function goesTheSameWay({ start, key, after }: Recovered, world: World): boolean {
  if (key !== keyBesideDisks(world)) return false
  return world.disks.every((disk, i) =>
    disk.differences(start.disks[i] as CowDisk).every((at) => (after.disks[i] as CowDisk).isUnseen(at)),
  )
}

/** `runs`: how many there were before the one that was cut. */
async function recoverAndJudge(world: World, runs: number, plan: CutPlan, count: CutCount): Promise<void> {
  const tools = toolsOn(world)
  const report = expectOk(await recover(tools))
  if (report.failure !== null) expect(report.failure).toBeNull()
  const latest = expectOk(await latestRun(tools.journal))
  const isNew =
    world.journal.size > runs && latest !== null && latest.run === [...world.journal.keys()].at(-1)
  const outcome = isNew ? (latest.ended as Outcome) : 'unchanged'
  if (report.outcome !== 'nothing-to-do') expect(report.outcome).toBe(outcome)
  plan.judge(world, outcome)
  count.recoveries += 1
  count.outcomes[outcome] = (count.outcomes[outcome] ?? 0) + 1
}

/** The last of the states that a cut after these changes may leave: a sample where anything is pending. */
function lastState(world: World, changes: readonly Change[], plan: CutPlan): Cut {
  let last: Cut | null = null
  for (const cut of cutsOf(fork(world), changes, { samples: 1, random: plan.random })) last = cut
  if (last === null) throw new Error('no state at all')
  return last
}

/** Cuts the recovery at one place, and recovers again. */
async function cutTwice(world: World, runs: number, plan: CutPlan, count: CutCount): Promise<void> {
  const trace: Change[] = []
  expectOk(await recover(toolsOn(fork(world), (change) => trace.push(change))))
  const changes = trace.slice(0, Math.floor(plan.random() * (trace.length + 1)))
  const again = lastState(world, changes, plan)
  expectSafe(again.world)
  await recoverAndJudge(again.world, runs, plan, count)
  count.twice += 1
}
