import { canonicalJson } from '../base/json.ts'
import type { Machine } from '../model/machine.ts'
import { reliedFacts } from './fingerprint.ts'

/** One fact that is another one now. Values are short JSON text; null: it was not, or is no longer, there. */
export interface Difference {
  /** Where in the facts, from the outside in: `disks/<id>/partitions/<id>/blocks`. */
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** What changed on the PC between two looks at it, of all that a plan relies on; empty when a plan would be the same. */
export function planDifference(before: Machine, after: Machine): readonly Difference[] {
  return differences('', reliedFacts(before), reliedFacts(after))
}

function differences(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  const left = members(before)
  const right = members(after)
  if (left === null || right === null) return [{ path, before: asText(before), after: asText(after) }]
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(path === '' ? key : `${path}/${key}`, left.get(key), right.get(key)),
  )
}

/** The members of an object, or the items of a list of things with an identity; null for anything else. */
function members(value: unknown): ReadonlyMap<string, unknown> | null {
  if (value === null || typeof value !== 'object') return null
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  const items = value as readonly unknown[]
  const named = items.map((item) => [nameOf(item), item] as const)
  return named.some(([name]) => name === null) ? null : new Map(named as [string, unknown][])
}

function nameOf(item: unknown): string | null {
  if (item === null || typeof item !== 'object') return null
  const { id, number } = item as { id?: unknown; number?: unknown }
  return typeof id === 'string' ? id : typeof number === 'number' ? `${number}` : null
}

function asText(value: unknown): string | null {
  return value === undefined ? null : canonicalJson(value).slice(0, 200)
}
