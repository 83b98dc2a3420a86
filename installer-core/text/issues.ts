import type { Facts } from '../base/failure.ts'
import type { IssueId } from '../model/issue-id.ts'
import { issues as de } from './de/issues.ts'
import { issues as en } from './en/issues.ts'
import { sentence } from './sentence.ts'
import type { IssueText, Locale } from './locale.ts'
import { fillTemplate } from './template.ts'

/** The templates themselves, by language: also for the test that holds them against the facts. */
export const issueTables: Readonly<Record<Locale, Readonly<Record<IssueId, IssueText>>>> = { en, de }

/** What a finding says to a person: a title, what it is, and what helps. Ids of other versions get a general sentence. */
export function describeIssue(
  issue: { readonly id: string; readonly facts: Facts },
  locale: Locale = 'en',
): IssueText {
  const texts: Readonly<Record<string, IssueText>> = issueTables[locale]
  const text = texts[issue.id]
  if (text === undefined) {
    const facts = { ...issue.facts, id: issue.id }
    return {
      title: issue.id,
      message: sentence('issue.unknown.message', facts, locale),
      remedy: sentence('issue.unknown.remedy', facts, locale),
    }
  }
  return {
    title: fillTemplate(text.title, issue.facts, locale),
    message: fillTemplate(text.message, issue.facts, locale),
    remedy: fillTemplate(text.remedy, issue.facts, locale),
  }
}
