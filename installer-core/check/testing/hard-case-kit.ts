import { it } from 'vitest'
import { GiB, MiB, bytes } from '../../base/bytes.ts'
import type { Disk } from '../../model/disk.ts'
import type { Issue } from '../../model/issue.ts'
import type { PlannedStep } from '../../model/plan.ts'
import type { PlanOutcome } from '../../plan/plan-outcome.ts'
import { expectPlan } from '../../plan/testing/plan-for.ts'
import { windowsDisk, windowsPartitions } from './machine-builder.ts'

/** An ESP with room for the test release. */
export const roomyEsp = { ESP: { size: 512 * MiB, volume: { free: bytes(450 * MiB) } } }

/** A hard case as a test: its id comes first in the name. */
export function hardCase(id: string, what: string, run: () => void): void {
  it(`${id} ${what}`, run)
}

export const ids = (issues: readonly Issue[]): readonly string[] => issues.map((issue) => issue.id)

export const blockers = (issues: readonly Issue[]): readonly string[] =>
  ids(issues.filter((issue) => issue.severity === 'blocker'))

export const kinds = (outcome: PlanOutcome): readonly PlannedStep['kind'][] =>
  expectPlan(outcome).steps.map((step) => step.kind)

export function ofId(issues: readonly Issue[], id: string): Issue {
  const found = issues.find((issue) => issue.id === id)
  if (found === undefined) throw new Error(`no ${id} in ${ids(issues).join()}`)
  return found
}

/** Windows' disk with a gap of `size` bytes before the recovery partition. */
export function gapDisk(size: number, change: Parameters<typeof windowsPartitions>[0] = {}): Disk {
  return windowsDisk(change, {
    size: 50 * GiB + 900 * MiB + size + 2 * MiB,
    partitions: windowsPartitions({ ...change, Recovery: { gapBefore: size } }),
  })
}
