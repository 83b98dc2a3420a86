import { describeIssue } from '../../text/issues.ts'
import type { CheckDocument } from '../../model/check.ts'
import type { Issue } from '../../model/issue.ts'
import { wrap } from './wrap.ts'

/** `berth check`'s document: each finding with its words beside its data. */
export function checkDocument(issues: readonly Issue[]): CheckDocument {
  return {
    schema: 'berth/check/1',
    issues: issues.map((issue) => {
      const { id, severity, required, found, where } = issue
      return { id, severity, ...describeIssue(issue), required, found, where }
    }),
  }
}

const marks = { blocker: 'STOP', warning: 'Mind', note: 'Note' } as const

/** Findings for people: the most serious first. */
export function issueLines(issues: readonly Issue[]): readonly string[] {
  const rank = { blocker: 0, warning: 1, note: 2 }
  return [...issues]
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .flatMap((issue) => {
      const { title, message, remedy } = describeIssue(issue)
      return [`${marks[issue.severity]}  ${title}  (${issue.id})`, ...indent(message), ...indent(remedy), '']
    })
}

function indent(text: string): readonly string[] {
  return text === '' ? [] : wrap(text, 94).map((line) => `      ${line}`)
}
