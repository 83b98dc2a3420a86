import { describeIssue } from '../../text/issues.ts'
import type { Issue } from '../../model/issue.ts'
import { wrap } from './wrap.ts'

/** `berth check`'s document: each finding with its words beside its data. */
export function checkDocument(issues: readonly Issue[]): object {
  return {
    schema: 'berth/check/1',
    issues: issues.map((issue) => {
      const { title, message, remedy } = describeIssue(issue)
      return {
        id: issue.id,
        severity: issue.severity,
        title,
        message,
        required: issue.required,
        found: issue.found,
        remedy,
        where: issue.where,
      }
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
