import { ok, type Result } from '../base/result.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import { askYes } from './ask.ts'
import type { Console } from './console.ts'
import { planLines } from './render/plan.ts'
import type { WatchedRun } from './run-with-report.ts'

/** What was said beforehand: a fingerprint, `--yes` without one (any plan will do), or nothing. */
export type Consent = string | true | undefined

/** The fingerprint to run: the one given with `--yes`, or the shown plan's after the person agreed to it. */
export async function confirmPlan(
  console: Console,
  { plan, issues, machine }: Planned,
  consent: Consent,
  run: WatchedRun,
): Promise<Result<string>> {
  run.onFindings(issues)
  if (typeof consent === 'string') return ok(consent)
  if (plan === null) return ok('')
  for (const line of planLines(plan, machine)) console.line(line)
  if (consent === true) return ok(plan.fingerprint)
  const agreed = await askYes('Shall Berth do this now?', `--yes ${plan.fingerprint}`)
  return agreed.ok ? ok(plan.fingerprint) : agreed
}
