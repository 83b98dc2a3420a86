import type { FailureCode } from '../base/failure-code.ts'
import type { Failure } from '../base/failure.ts'
import { failures as de } from './de/failures.ts'
import { failures as en } from './en/failures.ts'
import type { FailureText, Locale } from './locale.ts'
import { fillTemplate } from './template.ts'

/** What is said of each failure, by language. */
export const failureTables: Readonly<Record<Locale, Readonly<Record<FailureCode, FailureText>>>> = { en, de }

/** What a failure says to a person, with what caused it, and what helps. */
export function describeFailure(failure: Failure, locale: Locale = 'en'): FailureText {
  const text = failureTables[locale][failure.code]
  const message = fillTemplate(text.message, failure.facts, locale)
  const because = failure.cause === undefined ? [] : [describeFailure(failure.cause, locale).message]
  return {
    message: [message, ...because].join(' '),
    remedy: fillTemplate(text.remedy, failure.facts, locale),
  }
}
