import type { TargetId } from '../api/wire-values.ts'
import type { Machine } from '../model/machine.ts'

/** Where a target is. */
export type TargetPlace =
  | { readonly kind: 'this-pc' }
  | { readonly kind: 'practice-pc'; readonly name: string; readonly folder: string }
  | { readonly kind: 'recording'; readonly name: string; readonly machine: Machine }

export function practiceTarget(name: string): TargetId {
  return `practice:${name}`
}
