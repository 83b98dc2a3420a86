import type { Facts } from '../base/failure.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { Evidence } from '../model/report.ts'

/** One thing that was looked at: as it should be, or not (`what` then says which thing, `required` and `found` how). */
export type Finding =
  { readonly holds: true; readonly evidence: Evidence } | { readonly holds: false; readonly facts: Facts }

export function holds(code: string, facts: Facts = {}): Finding {
  return { holds: true, evidence: { code, facts } }
}

export function broken(what: string, required: string | number, found: string | number | null): Finding {
  return { holds: false, facts: { what, where: 'proof', required, found } }
}

/** A finding from a comparison. */
export function expectSame(
  code: string,
  what: string,
  required: string | number,
  found: string | number | null,
): Finding {
  return required === found ? holds(code, { what, value: required }) : broken(what, required, found)
}

/** The evidence when everything holds; else `read-back-differs` with the first thing that does not. */
export function conclude(findings: readonly Finding[]): Result<readonly Evidence[]> {
  const wrong = findings.find((finding) => !finding.holds)
  if (wrong !== undefined && !wrong.holds) return fail('read-back-differs', wrong.facts)
  return ok(findings.flatMap((finding) => (finding.holds ? [finding.evidence] : [])))
}
