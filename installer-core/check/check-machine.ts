import type { Choices } from '../model/choices.ts'
import type { Issue } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { sortedFindings } from './finding.ts'
import { rules } from './rules/rules.ts'
import { surveySpace, type SpaceSurvey } from './space/space-survey.ts'

/** The findings together with the survey they rest on, for planning. */
export interface Examination {
  readonly issues: readonly Issue[]
  readonly survey: SpaceSurvey
}

/**
 * What stands against putting `release` on this PC under these choices, and what a person should know: blockers first,
 * then warnings, then notes. Without choices there is a blocker only when no choice works. Pure and deterministic.
 */
export function checkMachine(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
  releaseSha256: string,
): readonly Issue[] {
  return examineMachine(machine, choices, release, releaseSha256).issues
}

/** Like `checkMachine`, with the survey of the space. */
export function examineMachine(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
  releaseSha256: string,
): Examination {
  const survey = surveySpace(machine, choices, release)
  const context = { machine, choices, release, releaseSha256, survey }
  return { issues: sortedFindings(rules.flatMap((rule) => rule(context))), survey }
}
