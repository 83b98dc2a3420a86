import { canonicalJson } from '../base/json.ts'
import type { Choices } from '../model/choices.ts'
import type { Issue } from '../model/issue.ts'
import type { JournalRecord } from '../model/journal.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'
import type { SecondOpinions } from '../model/second-opinion.ts'
import { withoutSecrets } from '../plan/credentials.ts'
import { findFailedStart } from '../probe/failed-start.ts'
import { redactMachine } from '../probe/redact.ts'
import { describeIssue } from '../text/issues.ts'
import { sentence } from '../text/sentence.ts'
import { personalStrings, redactText, redactValue } from './redact-text.ts'

/** One file of a report: a plain name and its text. */
export interface ReportFile {
  readonly name: string
  readonly text: string
}

/** What a report is made of; what does not exist yet is left out. */
export interface ReportContent {
  readonly machine: Machine
  readonly choices: Choices
  readonly issues: readonly Issue[]
  readonly plan: Plan | null
  readonly journals: Readonly<Record<string, readonly JournalRecord[]>>
  readonly versions: Readonly<Record<string, string>>
  /** What other programs say of this PC; null for one that cannot be asked: a practice PC, a recording. */
  readonly others: SecondOpinions | null
}

/**
 * A folder's worth of files that lets a stranger reproduce the case: `berth plan --machine machine.json` gives the same
 * plan. Serial numbers, MAC addresses and user names are not in it.
 */
export function bundleReport(content: ReportContent): readonly ReportFile[] {
  const personal = personalStrings(content.machine)
  const clean = (value: unknown) => redactValue(value, personal)
  const documents: readonly (readonly [string, unknown])[] = [
    ['machine.json', clean(redactMachine(content.machine))],
    // Sealed by the plan where there is one; what is left out here is asked for anew.
    ['choices.json', content.plan?.choices ?? withoutSecrets(content.choices)],
    ['issues.json', clean({ schema: 'berth/check/1', issues: content.issues })],
    ...(content.plan === null ? [] : [['plan.json', clean(content.plan)] as const]),
    ['versions.json', content.versions],
    ...(content.others === null ? [] : [['second-opinions.json', clean(content.others)] as const]),
  ]
  const failedStart = findFailedStart(content.machine)
  const said = failedStart && [failedStart.release, failedStart.reason, ...failedStart.said]
  const journals = Object.entries(content.journals).map(([run, records]) => ({
    name: `journal-${run}.jsonl`,
    text: records.map((record) => `${canonicalJson(clean(record))}\n`).join(''),
  }))
  const files = [
    ...documents.map(([name, value]) => ({ name, text: `${JSON.stringify(value, null, 2)}\n` })),
    ...journals,
    ...(said === null
      ? []
      : [{ name: 'failed-start.txt', text: said.map((line) => `${redactText(line, personal)}\n`).join('') }]),
  ]
  return [{ name: 'README.txt', text: redactText(readme(content, files), personal) }, ...files]
}

function readme(content: ReportContent, files: readonly ReportFile[]): string {
  const findings = content.issues.map((issue) => {
    const { title, message, remedy } = describeIssue(issue)
    return `- [${issue.severity}] ${title}: ${message} ${remedy}`
  })
  return [
    'This folder describes one PC and what Berth did or would do there.',
    'Left out: serial numbers, MAC addresses and user names.',
    '',
    ...files.map((file) => `  ${file.name}`),
    '',
    'The same plan on another computer:  berth plan --machine machine.json --release RELEASE --profile choices.json',
    '',
    findings.length === 0 ? 'Nothing was found that needs attention.' : 'What was found:',
    ...findings,
    ...differences(content.others),
    '',
  ].join('\n')
}

/** A note, not a finding: Berth goes by what it reads itself. */
function differences(others: SecondOpinions | null): readonly string[] {
  if (others === null || others.disagreements.length === 0) return []
  const lines = others.disagreements.map(
    ({ fact, ...facts }) => `- ${sentence(`report.differs.${fact}`, facts)}`,
  )
  return ['', sentence('report.differs'), ...lines]
}
