import { expect } from 'vitest'
import {
  everyFault,
  FaultInjector,
  type FaultOperation,
  type FaultPlan,
} from '../../adapters/memory/fault-plan.ts'
import { faultyDisk, faultyLog, faultyVariables } from '../../adapters/memory/faulty-parts.ts'
import { failureCodes } from '../../base/failure-code.ts'
import type { Failure } from '../../base/failure.ts'
import { expectOk, type Result } from '../../base/result.ts'
import type { Report } from '../../model/report.ts'
import { describeFailure } from '../../text/failures.ts'
import { recover } from '../recover.ts'
import type { RunTools } from '../run-tools.ts'
import { expectSafe } from './cut-verdict.ts'
import { openOn, toolsOn } from './open-world.ts'
import { fork, partsOf, type Parts, type World } from './world.ts'

/** How many faults were made, and what runs with them ended in. */
export interface FaultCount {
  faults: number
  readonly outcomes: Record<string, number>
  readonly codes: Record<string, number>
}

export type Work = (tools: RunTools) => Promise<Result<Report>>

export interface FaultTrial {
  readonly start: World
  readonly work: Work
  /** At most this many calls of an operation, spread evenly; reading is called thousands of times. */
  readonly most: (operation: FaultOperation) => number
  /** Once, for good, or both. */
  readonly lasting: readonly boolean[]
  /** The verdict at the end, after a recovery where one was needed. */
  readonly judge: (world: World, outcome: Report['outcome'] | 'unchanged') => void
}

/** Lets every call fail in every way it can, and judges what is left. */
export async function failEverywhere(trial: FaultTrial, count: FaultCount): Promise<void> {
  const counter = new FaultInjector()
  await attempt(fork(trial.start), trial.work, counter)
  for (const [operation, calls] of counter.calls) {
    const only = new Map([[operation, calls]])
    for (const plan of everyFault(only, trial.most(operation)))
      for (const lasting of trial.lasting) await failOnce(trial, { ...plan, lasting }, count)
  }
}

async function failOnce(trial: FaultTrial, plan: FaultPlan, count: FaultCount): Promise<void> {
  const label = `${plan.kind} at ${plan.operation} ${plan.at}${plan.lasting === true ? ' and ever after' : ''}`
  try {
    const world = fork(trial.start)
    const result = await attempt(world, trial.work, new FaultInjector(plan))
    const failure = result.ok ? (result.value.failure as Failure | null) : result.failure
    if (failure !== null) expectClear(failure, count)
    expectSafe(world)
    const outcome = result.ok ? result.value.outcome : 'unchanged'
    // A disk that keeps telling lies leaves nothing to go by, except that the old system is safe.
    if (plan.kind === 'silent-loss' && plan.lasting === true) return note(count, outcome)
    const end = outcome === 'interrupted' ? await recovered(world) : outcome
    if (failure === null) expect(['installed', 'confirmed', 'repaired', 'undone']).toContain(outcome)
    trial.judge(world, end)
    note(count, outcome)
  } catch (error) {
    throw new Error(`${label}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function note(count: FaultCount, outcome: string): void {
  count.outcomes[outcome] = (count.outcomes[outcome] ?? 0) + 1
  count.faults += 1
}

/** Without the fault, as after a restart. */
async function recovered(world: World): Promise<Report['outcome']> {
  const report = expectOk(await recover(toolsOn(world)))
  expect(report.failure).toBeNull()
  expectSafe(world)
  return report.outcome
}

async function attempt(world: World, work: Work, faults: FaultInjector): Promise<Result<Report>> {
  const platform = openOn(faulty(partsOf(world), faults))
  if (!platform.ok) return platform
  return work({ ...toolsOn(world), platform: platform.value })
}

function faulty(parts: Parts, faults: FaultInjector): Parts {
  return {
    ...parts,
    disks: parts.disks.map((disk) => faultyDisk(disk, faults)),
    variables: faultyVariables(parts.variables, faults),
    log: faultyLog(parts.log, faults),
  }
}

/** A code of the list, with a sentence and a remedy that have no gaps. */
function expectClear(failure: Failure, count: FaultCount): void {
  expect(failureCodes).toContain(failure.code)
  const text = JSON.stringify(describeFailure(failure))
  expect(text.length).toBeGreaterThan(40)
  expect(text).not.toMatch(/undefined|\{\w+\}|NaN/)
  count.codes[failure.code] = (count.codes[failure.code] ?? 0) + 1
}
