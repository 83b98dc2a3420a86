import type { Failure } from '../base/failure.ts'
import type { Report } from '../model/report.ts'

/** The report of a run that was refused, or could not even begin: nothing was changed. */
export function refusedReport(goal: Report['goal'], failure: Failure, startedAt: string): Report {
  return {
    schema: 'berth/report/1',
    outcome: 'refused',
    goal,
    run: null,
    release: null,
    fingerprint: null,
    steps: [],
    issues: [],
    failure,
    changes: 0,
    startedAt,
    endedAt: new Date().toISOString(),
  }
}
