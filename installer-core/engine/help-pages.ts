import type { HelpPage } from '../api/methods/session-methods.ts'
import { failureCodes } from '../base/failure-code.ts'
import { issueIds } from '../model/issue-id.ts'
import { describeFailure } from '../text/failures.ts'
import { describeIssue } from '../text/issues.ts'
import type { Locale } from '../text/locale.ts'

const most = 50

/** A page for every finding and every failure, with the facts of a case left open. */
export function helpPages(locale: Locale): readonly HelpPage[] {
  const issues = issueIds.map((id): HelpPage => {
    return { id, about: 'issue', ...describeIssue({ id, facts: {} }, locale) }
  })
  const failures = failureCodes.map((code): HelpPage => {
    const { message, remedy } = describeFailure({ code, facts: {} }, locale)
    return { id: code, about: 'failure', title: message, message, remedy }
  })
  return [...issues, ...failures]
}

/** The pages in which every word occurs, those with it in their title or id first; all of them for an empty text. */
export function searchHelp(text: string, locale: Locale): readonly HelpPage[] {
  const words = text
    .toLocaleLowerCase(locale)
    .split(/\s+/)
    .filter((word) => word !== '')
  const pages = helpPages(locale)
  if (words.length === 0) return pages
  const scored = pages.map((page) => ({ page, score: score(page, words, locale) }))
  return scored
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map((one) => one.page)
}

function score(page: HelpPage, words: readonly string[], locale: Locale): number {
  const head = `${page.id} ${page.title}`.toLocaleLowerCase(locale)
  const all = `${head} ${page.message} ${page.remedy}`.toLocaleLowerCase(locale)
  if (!words.every((word) => all.includes(word))) return 0
  return 1 + words.filter((word) => head.includes(word)).length
}
