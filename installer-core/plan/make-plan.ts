import { bytes } from '../base/bytes.ts'
import { examineMachine } from '../check/check-machine.ts'
import { firmwareNeedsListing } from '../check/rules/firmware-quirks.ts'
import type { Choices } from '../model/choices.ts'
import type { Issue } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import type { Alternative, Plan, PlannedStep } from '../model/plan.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { alternativesTo } from './alternatives.ts'
import { sealChoices } from './credentials.ts'
import { lossesBetween } from './destroys.ts'
import { bytesToWrite, estimateSeconds } from './estimate.ts'
import { planFingerprint, planSeed } from './fingerprint.ts'
import { installSteps } from './install-steps.ts'
import { layoutsAfter, layoutsBefore } from './layout.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/**
 * How to put `release` on this PC under these choices. Pure and deterministic: the same machine (redacted or not),
 * choices and release give the same plan, byte for byte, on every computer.
 */
export function makePlan(
  machine: Machine,
  wanted: Choices,
  release: ReleaseManifest,
  releaseSha256: string,
  sha256: HashText,
): PlanOutcome {
  const choices = sealChoices(wanted, sha256)
  const { issues, survey } = examineMachine(machine, choices, release, releaseSha256)
  if (issues.some((issue) => issue.severity === 'blocker')) return { plan: null, issues }
  const { candidates } = survey
  const decision = issues.some((issue) => issue.id === 'berth-installed') ? null : survey.decision
  const seed = planSeed(machine, choices, release, releaseSha256, sha256)
  const listInOrder = firmwareNeedsListing(machine)
  const steps =
    decision === null ? [] : installSteps({ machine, release, choices, decision, seed, listInOrder }, sha256)
  const plan = finishPlan(
    {
      goal: 'install',
      machine,
      choices,
      release: release.id,
      releaseSha256,
      seed,
      steps,
      issues,
      alternatives: decision === null ? [] : alternativesTo(decision, candidates),
      pointOfNoReturn: null,
    },
    sha256,
  )
  return { plan, issues }
}

/** What every goal's plan is finished from. */
export interface PlanContent {
  readonly goal: Plan['goal']
  readonly machine: Machine
  readonly choices: Choices
  readonly release: Plan['release']
  readonly releaseSha256: string
  readonly seed: string
  readonly steps: readonly PlannedStep[]
  readonly issues: readonly Issue[]
  readonly alternatives: readonly Alternative[]
  readonly pointOfNoReturn: number | null
}

/** Adds what follows from the steps: the picture before and after, what is lost, the effort, the fingerprint. */
export function finishPlan(content: PlanContent, sha256: HashText): Plan {
  const { machine, seed, steps, goal, ...given } = content
  const before = layoutsBefore(machine, steps)
  const after = layoutsAfter(machine, steps)
  return {
    schema: 'berth/plan/1',
    goal,
    fingerprint: planFingerprint(seed, goal, steps, machine, sha256),
    ...given,
    steps,
    lost: lossesBetween(machine, before, after, steps),
    before,
    after,
    bytesToWrite: bytes(bytesToWrite(steps)),
    estimateSeconds: estimateSeconds(steps),
  }
}
