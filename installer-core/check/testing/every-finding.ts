import type { Issue } from '../../model/issue.ts'
import { describeIssue } from '../../text/issues.ts'

/** The words of each issue; throws when a sentence asks for a fact that the issue does not carry. */
export function readAloud(issues: readonly Issue[]): readonly string[] {
  return issues.map((issue) => {
    const { title, message, remedy } = describeIssue(issue)
    const text = `${title} ${message} ${remedy}`
    if (/\?(?!\w)/.test(text.replaceAll('https://', '')))
      throw new Error(`${issue.id}: a fact is missing in: ${text}`)
    return text
  })
}
