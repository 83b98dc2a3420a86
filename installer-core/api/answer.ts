import type { Facts, Failure } from '../base/failure.ts'
import type { FailureCode } from '../base/failure-code.ts'
import { describeFailure } from '../text/failures.ts'
import { type Locale } from '../text/locale.ts'
import type { WireFailure } from './wire-values.ts'

/** What a request comes to: a value, or a failure with its words. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: WireFailure }

/** A failure as it travels. What caused it is in its words; commands and their output stay behind. */
export function toWireFailure(failure: Failure, locale: Locale): WireFailure {
  const { message, remedy } = describeFailure(failure, locale)
  return { schema: 'berth/failure/1', code: failure.code, facts: failure.facts, message, remedy }
}

/** A failure of the wire itself. */
export function wireFailure(code: FailureCode, facts: Facts, locale: Locale): WireFailure {
  return toWireFailure({ code, facts }, locale)
}
