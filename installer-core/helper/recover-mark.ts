import { ok, type Result } from '../base/result.ts'
import { latestRun } from '../execute/run-history.ts'
import type { HashText } from '../plan/plan-outcome.ts'
import type { JournalStore } from '../ports/journal-store.ts'

/**
 * What a person agrees to who has the open run finished or taken back: that very run of that very plan. A recovery has no
 * plan of its own, the run's plan and the state of the PC decide.
 */
export async function recoverMark(journal: JournalStore, hash: HashText): Promise<Result<string>> {
  const latest = await latestRun(journal)
  if (!latest.ok) return latest
  const open = latest.value?.ended === null ? latest.value : null
  return ok(hash(`recover ${open?.run ?? 'nothing'} ${open?.begun.plan.fingerprint ?? ''}`))
}
