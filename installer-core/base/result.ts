import type { CommandRecord, Facts, Failure } from './failure.ts'
import type { FailureCode } from './failure-code.ts'

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}
export interface Err {
  readonly ok: false
  readonly failure: Failure
}
/** What a port or the API returns: a value, or a failure. Exceptions are for bugs only. */
export type Result<T> = Ok<T> | Err

/** Success with a value. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** Success of something that has no value. */
export const done: Ok<void> = { ok: true, value: undefined }

/** A failure, with the facts its sentence needs and, if any, what caused it. */
export function fail(
  code: FailureCode,
  facts: Facts = {},
  more: { readonly cause?: Failure; readonly command?: CommandRecord } = {},
): Err {
  return { ok: false, failure: { code, facts, ...more } }
}

/** Data that breaks its format: names the field, its offset in bytes, what was required and what was found. */
export function malformed(
  format: string,
  field: string,
  offset: number,
  required: string | number,
  found: string | number,
): Err {
  return fail('malformed', { format, field, offset, required, found })
}

/** The value, or throws: only where a failure would be a bug (tests, constants). */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`unexpected failure: ${JSON.stringify(result.failure)}`)
}
