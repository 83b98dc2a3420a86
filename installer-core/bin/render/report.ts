import type { Failure } from '../../base/failure.ts'
import type { Report } from '../../model/report.ts'
import { describeEvidence } from '../../text/describe-evidence.ts'
import { hasSentence, sentence } from '../../text/sentence.ts'
import { describeFailure } from '../../text/failures.ts'
import { issueLines } from './issues.ts'
import { wrap } from './wrap.ts'

const width = 98

/** A report for people: the outcome first, then what was proven, what was left, and what to do about a failure. */
export function reportLines(report: Report): readonly string[] {
  const left = report.steps.flatMap((step) => step.left)
  return [
    ...outcomeLines(report),
    ...(report.issues.length > 0 && report.outcome === 'refused'
      ? ['', ...issueLines(report.issues)]
      : failureLines(report.failure as Failure | null)),
    ...evidenceLines(report),
    ...(left.length === 0
      ? []
      : ['', "Left as it is, because it is not Berth's any more:", ...left.map((line) => `  - ${line}`)]),
    ...nextLines(report),
  ]
}

function outcomeLines({ outcome, goal, release, steps }: Report): readonly string[] {
  const isTakenBack = outcome === 'switched' && steps.some(({ step }) => step.kind === 'clear-boot-next')
  if (outcome === 'repaired' && steps.length === 0) return wrap(sentence('outcome.nothing-to-do'), width)
  const special = isTakenBack ? 'outcome.switched.back' : `outcome.${outcome}.${goal}`
  const said = sentence(hasSentence(special) ? special : `outcome.${outcome}`, { goal, release })
  const whole = outcome === 'undone' && steps.every((step) => step.left.length === 0)
  return wrap(whole ? `${said} ${sentence('outcome.undone.whole')}` : said, width)
}

function nextLines({ outcome }: Report): readonly string[] {
  const key = `outcome.${outcome}.next`
  return hasSentence(key) ? ['', ...wrap(sentence(key), width)] : []
}

/** What was proven of steps that were taken back again says nothing about the PC as it is. */
function evidenceLines({ steps, outcome }: Report): readonly string[] {
  if (outcome === 'rolled-back') return []
  const lines = describeEvidence(steps.flatMap((step) => step.evidence))
  return lines.length === 0 ? [] : ['', sentence('proof.heading'), ...lines.flatMap((line) => bullet(line))]
}

function bullet(line: string): readonly string[] {
  return wrap(line, width - 4).map((part, index) => `  ${index === 0 ? '✓' : ' '} ${part}`)
}

function failureLines(failure: Failure | null): readonly string[] {
  if (failure === null) return []
  const { message, remedy } = describeFailure(failure)
  const causes = failure.cause === undefined ? [] : ['', 'because:', ...failureLines(failure.cause)]
  return ['', ...wrap(message, width), ...(remedy === '' ? [] : wrap(remedy, width)), ...causes]
}
