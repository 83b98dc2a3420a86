import type { Facts } from '../base/failure.ts'
import type { IssueId } from '../model/issue-id.ts'
import type { Issue, Severity } from '../model/issue.ts'
import { formatSize } from '../text/quantity.ts'

/** An issue whose id is one of this version's. */
export type Finding = Issue & { readonly id: IssueId }

export interface FindingEvidence {
  readonly required?: string | number
  readonly found?: string | number
  /** The identity of the thing concerned. */
  readonly where?: string
  /** What the sentences need besides `required`, `found` and `where`, which they can use too. */
  readonly facts?: Facts
}

/** A finding. Numbers in `required` and `found` are bytes: shown with their exact count, kept as numbers in the facts. */
export function finding(id: IssueId, severity: Severity, evidence: FindingEvidence = {}): Finding {
  const { required, found, where, facts } = evidence
  return {
    id,
    severity,
    required: asText(required),
    found: asText(found),
    where: where ?? null,
    facts: {
      ...(required === undefined ? {} : { required }),
      ...(found === undefined ? {} : { found }),
      ...(where === undefined ? {} : { where }),
      ...facts,
    },
  }
}

/** The same finding with another weight. */
export function weighed<F extends Issue>(issue: F, severity: Severity): F {
  return { ...issue, severity }
}

/** Findings without repetitions (same id, same place), blockers first, otherwise in the order they came. */
export function sortedFindings(findings: readonly Finding[]): readonly Finding[] {
  const weight: Record<Severity, number> = { blocker: 0, warning: 1, note: 2 }
  const heaviest = [...findings].sort((a, b) => weight[a.severity] - weight[b.severity])
  return heaviest.filter(
    (one, index) => heaviest.findIndex((other) => other.id === one.id && other.where === one.where) === index,
  )
}

function asText(value: string | number | undefined): string | null {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  return value < 1024 ? `${value} bytes` : `${value} bytes (${formatSize(value)})`
}
