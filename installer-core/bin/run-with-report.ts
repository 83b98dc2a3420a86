import type { Failure } from '../base/failure.ts'
import type { Result } from '../base/result.ts'
import type { RunOptions } from '../installer.ts'
import type { Issue } from '../model/issue.ts'
import type { Report } from '../model/report.ts'
import { refusedReport } from '../engine/refused-report.ts'
import { describeFailure } from '../text/failures.ts'
import type { Console } from './console.ts'
import { failureExitCode, outcomeExitCode, type ExitCode } from './exit-codes.ts'
import { EventPrinter } from './render/events.ts'
import { reportLines } from './render/report.ts'

/** What a run is given: how to be watched and stopped, and where it tells what the check found. */
export interface WatchedRun extends RunOptions {
  readonly onFindings: (issues: readonly Issue[]) => void
}

/**
 * Runs something that ends with a report: shows its events, stops at the next safe point on Ctrl-C, prints the report as
 * the last thing whatever happened, and gives the exit code.
 */
export async function runWithReport(
  console: Console,
  goal: Report['goal'],
  run: (options: WatchedRun) => Promise<Result<Report>>,
): Promise<ExitCode> {
  const startedAt = new Date().toISOString()
  const stop = stopOnInterrupt(console)
  const printer = new EventPrinter(console)
  let findings: readonly Issue[] = []
  const result = await run({
    cancellation: stop.cancellation,
    onEvent: (event) => printer.show(event),
    onFindings: (issues) => {
      findings = issues
    },
  })
  stop.release()
  const report = result.ok ? withWords(result.value) : refusal(goal, result.failure, findings, startedAt)
  console.note('')
  for (const line of reportLines(report)) console.line(line)
  console.data(report)
  return result.ok || report.outcome !== 'refused'
    ? outcomeExitCode(report.outcome, goal)
    : failureExitCode(result.failure)
}

function stopOnInterrupt(console: Console): {
  cancellation: { readonly requested: boolean }
  release: () => void
} {
  const cancellation = { requested: false }
  const onInterrupt = () => {
    if (!cancellation.requested) console.complain('Stopping at the next safe point …')
    cancellation.requested = true
  }
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt)
  return { cancellation, release: () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt) }
}

/** The sentences for people beside the code and the facts, so that a script's log reads well too. */
function withWords(report: Report): Report {
  if (report.failure === null) return report
  return {
    ...report,
    failure: { ...(report.failure as Failure), ...describeFailure(report.failure as Failure) },
  }
}

/** Nothing was changed: the report of a run that was refused, or could not even begin. */
function refusal(
  goal: Report['goal'],
  failure: Failure,
  findings: readonly Issue[],
  startedAt: string,
): Report {
  const blocked = failure.code === 'blocked'
  // What is to be taken away is not there: as good as done, also for a script that runs twice.
  const nothing = blocked && goal === 'undo' && findings.some(({ id }) => id === 'nothing-installed')
  const refused = refusedReport(goal, failure, startedAt)
  if (nothing) return { ...refused, outcome: 'nothing-to-do', failure: null }
  return withWords({ ...refused, issues: blocked ? [...findings] : [] })
}
