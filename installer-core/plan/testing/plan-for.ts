import type { Machine } from '../../model/machine.ts'
import type { OwnershipManifest } from '../../model/manifest.ts'
import type { Plan, PlannedStep, StepKind } from '../../model/plan.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { buildChoices, buildRelease, releaseSha256 } from '../../check/testing/machine-builder.ts'
import { makePlan } from '../make-plan.ts'
import type { PlanOutcome } from '../plan-outcome.ts'
import { hashText } from './hash-text.ts'

/** Plans an installation of the test release. */
export function planFor(
  machine: Machine,
  choices: Record<string, unknown> = {},
  release: Partial<ReleaseManifest> = {},
): PlanOutcome {
  return makePlan(machine, buildChoices(choices), buildRelease(release), releaseSha256, hashText)
}

/** The plan, or a test failure that names what stood in the way. */
export function expectPlan(outcome: PlanOutcome): Plan {
  if (outcome.plan === null) throw new Error(`refused: ${JSON.stringify(outcome.issues)}`)
  return outcome.plan
}

/** The one step of a kind. */
export function stepIn<K extends StepKind>(plan: Plan, kind: K): Extract<PlannedStep, { kind: K }> {
  const found = plan.steps.find((step): step is Extract<PlannedStep, { kind: K }> => step.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} in ${plan.steps.map((step) => step.kind).join()}`)
  return found
}

/** The record that an installation by this plan would leave. */
export function manifestOf(machine: Machine, plan: Plan): OwnershipManifest {
  return {
    schema: 'berth/manifest/1',
    plan,
    before: {
      bootOrder: machine.firmware.bootOrder,
      bootNext: machine.firmware.bootNext,
      disks: machine.disks,
      bootVolumeFree: null,
    },
  }
}
