/** The languages Berth speaks; the first one is spoken to those whose own is not among them. */
export const locales = ['en', 'de'] as const

export type Locale = (typeof locales)[number]

/** The language to speak to somebody who asks for `tag` (BCP 47: `de-AT`). */
export function localeFor(tag: string): Locale {
  const language = tag.toLowerCase().split('-')[0]
  return locales.find((locale) => locale === language) ?? locales[0]
}

/** What is said of a failure. */
export interface FailureText {
  readonly message: string
  /** What helps; never empty. */
  readonly remedy: string
}

/** What is said of a finding. */
export interface IssueText extends FailureText {
  /** A few words for a list. */
  readonly title: string
}
