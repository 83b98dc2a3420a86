import type { Failure } from '../base/failure.ts'
import { failures as en } from './en/failures.ts'
import type { FailureText, Locale } from './locale.ts'
import { fillTemplate } from './template.ts'

const tables = { en } as const

/** What a failure says to a person, with what caused it, and what helps. */
export function describeFailure(failure: Failure, locale: Locale = 'en'): FailureText {
  const text = tables[locale][failure.code]
  const message = fillTemplate(text.message, failure.facts)
  const because = failure.cause === undefined ? [] : [describeFailure(failure.cause, locale).message]
  return { message: [message, ...because].join(' '), remedy: fillTemplate(text.remedy, failure.facts) }
}
