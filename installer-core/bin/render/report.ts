import type { Failure } from '../../base/failure.ts'
import type { Evidence, Report } from '../../model/report.ts'
import { sentence } from '../../text/sentence.ts'
import { describeFailure } from '../../text/failures.ts'
import { wrap } from './wrap.ts'

/** A report for people: the outcome first, then what was proven, what was left, and what to do about a failure. */
export function reportLines(report: Report): readonly string[] {
  const left = report.steps.flatMap((step) => step.left)
  return [
    sentence(`outcome.${report.outcome}`, { goal: report.goal, release: report.release }),
    ...failureLines(report.failure as Failure | null),
    ...evidenceLines(report.steps.flatMap((step) => step.evidence)),
    ...(left.length === 0
      ? []
      : ['', "Left as it is, because it is not Berth's any more:", ...left.map((line) => `  - ${line}`)]),
  ]
}

function evidenceLines(evidence: readonly Evidence[]): readonly string[] {
  const lines = [...new Set(evidence.map(({ code, facts }) => sentence(`evidence.${code}`, facts)))]
  return lines.length === 0 ? [] : ['', 'Proven by looking again:', ...lines.map((line) => `  ✓ ${line}`)]
}

function failureLines(failure: Failure | null): readonly string[] {
  if (failure === null) return []
  const { message, remedy } = describeFailure(failure)
  const causes = failure.cause === undefined ? [] : ['', 'because:', ...failureLines(failure.cause)]
  return ['', ...wrap(message, 98), ...(remedy === '' ? [] : wrap(remedy, 98)), ...causes]
}
