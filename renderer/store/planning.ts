import { MiB } from '../../installer-core/base/bytes.ts'
import { checkMachine } from '../../installer-core/check/check-machine.ts'
import type { SpaceCandidate } from '../../installer-core/check/space/space-candidate.ts'
import { surveySpace, type SpaceDecision } from '../../installer-core/check/space/space-survey.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Issue } from '../../installer-core/model/issue.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { makePlan } from '../../installer-core/plan/make-plan.ts'
import type { PlanOutcome } from '../../installer-core/plan/plan-outcome.ts'
import type { ReleaseManifest } from '../../installer-core/model/release.ts'
import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import { sha256 } from './sha256.ts'

/** A release whose description was read and checked. */
export interface OfferedRelease {
  readonly manifest: ReleaseManifest
  readonly sha256: string
}

/** The release of a list's entry; null when it cannot be used. */
export function offered(listed: ListedRelease | undefined): OfferedRelease | null {
  if (listed === undefined || listed.failure !== null) return null
  const { manifest, sha256: digest } = listed
  return manifest === null || digest === null ? null : { manifest, sha256: digest }
}

/** The plan as the engine would make it; the page asks the engine before anything is confirmed. */
export function recompute(machine: Machine, choices: Choices, release: OfferedRelease): PlanOutcome {
  return makePlan(machine, choices, release.manifest, release.sha256, sha256)
}

/** What speaks against a release on this PC whatever the choices; empty when it suits. */
export function unsuitable(machine: Machine, release: OfferedRelease, choices: Choices): readonly Issue[] {
  return checkMachine(machine, choices, release.manifest, release.sha256).filter(
    (issue) => issue.severity === 'blocker',
  )
}

/** The numbers of a slider, in bytes and whole MiB. */
export interface Limits {
  readonly least: number
  readonly most: number
  readonly value: number
}

/** What the space page offers. */
export interface SpaceOffer {
  readonly decision: SpaceDecision | null
  readonly candidates: readonly SpaceCandidate[]
  /** Null: this part needs no partition of its own. */
  readonly boot: Limits | null
  readonly data: Limits | null
}

/** The true limits under these choices: from the same survey that the plan rests on. */
export function offerSpace(machine: Machine, choices: Choices, { manifest }: OfferedRelease): SpaceOffer {
  const { bootSpace, dataSpace, ...free } = choices
  const sized = surveySpace(machine, choices, manifest)
  const open = surveySpace(
    machine,
    bootSpace === undefined ? free : { ...free, bootSpace: leastBoot(machine, free, manifest) ?? bootSpace },
    manifest,
  )
  const decision = sized.decision ?? open.decision
  const room = (open.decision ?? decision)?.use?.room.available ?? 0
  const use = (sized.decision ?? open.decision)?.use ?? null
  const need = open.decision?.need
  const dataLeast = need?.data?.least ?? 0
  const bootUse = use?.boot ?? null
  const dataUse = use?.data ?? null
  return {
    decision,
    candidates: sized.candidates,
    boot:
      bootUse === null || need === undefined
        ? null
        : limits(
            leastBoot(machine, free, manifest) ?? need.boot.least,
            room - dataLeast,
            bootSpace ?? bootUse,
          ),
    data: dataUse === null ? null : limits(dataLeast, room - (bootUse ?? 0), dataSpace ?? dataUse),
  }
}

function leastBoot(machine: Machine, free: Choices, manifest: OfferedRelease['manifest']) {
  return surveySpace(machine, free, manifest).decision?.need.boot.least ?? null
}

function limits(least: number, most: number, value: number): Limits {
  const whole = Math.max(least, Math.floor(most / MiB) * MiB)
  return { least, most: whole, value: Math.min(Math.max(value, least), whole) }
}
