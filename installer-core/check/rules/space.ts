import type { CheckContext } from '../check-context.ts'
import type { Finding } from '../finding.ts'
import { choiceFindings, decisionFindings, refusalFindings } from '../space/space-findings.ts'
import { isPresent } from './berth-state.ts'

/** Whether there is room, and what a person should know about where it comes from. */
export function checkSpace(context: CheckContext): readonly Finding[] {
  const { machine, choices, release, survey } = context
  if (isPresent(context)) return []
  const wrong = choiceFindings(machine, choices, release)
  if (wrong.length > 0) return wrong
  return survey.decision === null
    ? refusalFindings(machine, choices, release, survey)
    : decisionFindings(machine, choices, survey, survey.decision)
}
