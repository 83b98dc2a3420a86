import { hashText } from '../adapters/node-hasher.ts'
import type { Space, WirePlanned } from '../api/methods/plan-methods.ts'
import type { WordedIssue } from '../api/wire-values.ts'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { MiB, alignDown, bytes } from '../base/bytes.ts'
import type { Result } from '../base/result.ts'
import { surveySpace, type SpaceSurvey } from '../check/space/space-survey.ts'
import type { SpaceCandidate } from '../check/space/space-candidate.ts'
import { spaceNeed } from '../check/space/space-need.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import type { Choices } from '../model/choices.ts'
import type { Issue } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import { describePlan } from '../plan/describe-plan.ts'
import { planForRelease } from '../plan/plan-for-release.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { describeIssue } from '../text/issues.ts'
import type { Locale } from '../text/locale.ts'

/** The plan to install on a machine that was looked at before: pure, so that a slider can ask often. */
export function planInstall(machine: Machine, choices: Choices, release: OpenRelease): Result<Planned> {
  return planForRelease(machine, choices, release, hashText)
}

/** A plan as a page gets it: with words. */
export function wordedPlan(
  { plan, issues, machine }: Planned,
  space: DeepReadonly<Space> | null,
  locale: Locale,
): DeepReadonly<WirePlanned> {
  return {
    plan,
    issues: issues.map((issue) => worded(issue, locale)),
    description: plan === null ? [] : describePlan(plan, machine, locale),
    space,
  }
}

/** The ways to come by space and the limits of a new boot partition under these choices, whatever size they ask for. */
export function spaceFor(
  machine: Machine,
  choices: Choices,
  { manifest }: OpenRelease,
  locale: Locale,
): DeepReadonly<Space> {
  const survey = surveySpace(machine, choices, manifest)
  const disk = survey.decision?.disk ?? survey.candidates[0]?.disk ?? machine.disks[0]
  const need = spaceNeed(withoutSize(choices), manifest, disk?.sectorSize ?? 512)
  const rooms = survey.candidates.filter((one) => isRoom(one, choices) && one.disk === disk)
  const room = Math.max(0, ...rooms.map((one) => one.available)) - (need.data?.least ?? 0)
  const most = alignDown(Math.max(0, room), MiB)
  return {
    onVolume: need.onVolume,
    least: need.boot.least,
    most: bytes(most < need.boot.least ? 0 : most),
    usual: bytes(Math.min(need.boot.wanted, Math.max(most, need.boot.least))),
    candidates: survey.candidates.map((one) => ({
      kind: one.kind,
      disk: one.disk.id,
      partition: one.partition?.id ?? null,
      available: one.available,
      refusal: one.refusal === null ? null : worded(one.refusal, locale),
    })),
    chosen: chosen(survey),
  }
}

/** A finding with its words. */
export function worded(issue: Issue, locale: Locale): WordedIssue {
  return { ...issue, ...describeIssue(issue, locale) }
}

function withoutSize({ bootSpace, ...rest }: Choices): Choices {
  return bootSpace === undefined ? rest : { ...rest }
}

function isRoom(one: SpaceCandidate, { spaceFrom }: Choices): boolean {
  if (one.refusal !== null || (one.kind !== 'gap' && one.kind !== 'shrink')) return false
  if (spaceFrom.kind === 'shrink') return one.kind === 'shrink' && one.partition?.id === spaceFrom.partition
  return spaceFrom.kind !== 'gap' || one.kind === 'gap'
}

function chosen({ decision }: SpaceSurvey): DeepReadonly<Space>['chosen'] {
  const way = decision?.volume ?? decision?.use?.room
  if (decision === null || way === undefined) return null
  return {
    kind: way.kind,
    disk: way.disk.id,
    partition: way.partition?.id ?? null,
    size: decision.volume === null ? (decision.use?.boot ?? null) : null,
  }
}
