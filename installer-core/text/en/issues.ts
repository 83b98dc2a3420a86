import type { IssueId } from '../../model/issue-id.ts'
import type { IssueText } from '../locale.ts'
import { bootIssues } from './issues-boot.ts'
import { diskIssues } from './issues-disk.ts'
import { installedIssues } from './issues-installed.ts'
import { spaceIssues } from './issues-space.ts'
import { systemIssues } from './issues-system.ts'

/** What is said of every finding. */
export const issues = {
  ...bootIssues,
  ...diskIssues,
  ...spaceIssues,
  ...installedIssues,
  ...systemIssues,
} as const satisfies Readonly<Record<IssueId, IssueText>>
