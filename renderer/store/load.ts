import type { Answer } from '../../installer-core/api/answer.ts'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'

/** Something the page asked for: not asked yet, under way, there, or failed. */
export type Load<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: WireFailure }

export const idle = { state: 'idle' } as const
export const loading = { state: 'loading' } as const

/** Something that is there. */
export function ready<T>(value: T): Load<T> {
  return { state: 'ready', value }
}

/** What an answer of the engine becomes. */
export function loaded<T>(result: Answer<T>): Load<T> {
  return result.ok ? ready(result.value) : { state: 'failed', failure: result.failure }
}

/** The value when it is there. */
export function valueOf<T>(load: Load<T>): T | null {
  return load.state === 'ready' ? load.value : null
}

/** Not asked for yet, or lost with the connection: to be asked for as soon as there is an engine. */
export function isMissing(load: Load<unknown>): boolean {
  return load.state === 'idle' || (load.state === 'failed' && load.failure.code === 'connection-lost')
}

/** Refused until somebody gives full rights on this PC. */
export function needsRights(load: Load<unknown>): boolean {
  return load.state === 'failed' && load.failure.code === 'elevation-needed'
}
