import type { Facts } from '../base/failure.ts'
import type { IssueId } from '../model/issue-id.ts'
import { bootIssues } from './en/issues-boot.ts'
import { spaceIssues } from './en/issues-space.ts'
import { diskIssues } from './en/issues-disk.ts'
import { systemIssues } from './en/issues-system.ts'
import { sentence } from './sentence.ts'
import type { IssueText, Locale } from './locale.ts'
import { fillTemplate } from './template.ts'

const en: Readonly<Record<IssueId, IssueText>> = {
  ...bootIssues,
  ...diskIssues,
  ...spaceIssues,
  ...systemIssues,
}
const tables: Readonly<Record<Locale, Readonly<Record<string, IssueText>>>> = { en }

/** What a finding says to a person: a title, what it is, and what helps. Ids of other versions get a general sentence. */
export function describeIssue(
  issue: { readonly id: string; readonly facts: Facts },
  locale: Locale = 'en',
): IssueText {
  const text = tables[locale][issue.id]
  if (text === undefined) {
    const facts = { ...issue.facts, id: issue.id }
    return {
      title: issue.id,
      message: sentence('issue.unknown.message', facts, locale),
      remedy: sentence('issue.unknown.remedy', facts, locale),
    }
  }
  return {
    title: fillTemplate(text.title, issue.facts),
    message: fillTemplate(text.message, issue.facts),
    remedy: fillTemplate(text.remedy, issue.facts),
  }
}

/** The templates themselves, for the test that holds them against the facts. */
export const issueTemplates = en
