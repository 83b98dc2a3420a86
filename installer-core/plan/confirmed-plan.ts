import { fail, ok, type Result } from '../base/result.ts'
import type { Issue } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'
import { planDifference } from './plan-difference.ts'
import type { Planned } from './plan-outcome.ts'

/** The plan, when there is one and it is the one that was confirmed; null confirms whatever it is. */
export function confirmedPlan(
  planned: Result<Planned>,
  fingerprint: string | null,
  shown: Machine | null = null,
): Result<{ machine: Machine; plan: Plan }> {
  if (!planned.ok) return planned
  const { machine, plan, issues } = planned.value
  if (plan !== null && (fingerprint === null || fingerprint === plan.fingerprint))
    return ok({ machine, plan })
  const difference = shown === null ? '' : differenceText(shown, machine)
  if (plan === null && difference === '') return fail('blocked', { issues: blockerIds(issues) })
  return fail('fingerprint-differs', {
    required: fingerprint,
    found: plan?.fingerprint ?? blockerIds(issues),
    difference: difference === '' ? null : difference,
  })
}

const mostChangesTold = 8

function differenceText(shown: Machine, now: Machine): string {
  const changes = planDifference(shown, now)
  const told = changes
    .slice(0, mostChangesTold)
    .map(({ path, before, after }) => `${path}: ${brief(before)} → ${brief(after)}`)
  const more = changes.length - told.length
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** A value as a few words: what is long (a whole entry or partition, a digest) is only said to be there. */
function brief(value: string | null): string {
  if (value === null || value === 'null') return 'absent'
  return value.length > 40 ? `${value.slice(0, 1) === '{' ? 'present' : `${value.slice(0, 12)}…`}` : value
}

function blockerIds(issues: readonly Issue[]): string {
  return issues
    .filter((issue) => issue.severity === 'blocker')
    .map((issue) => issue.id)
    .join(', ')
}
