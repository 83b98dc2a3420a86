import type { FailureCode } from './failure-code.ts'

/** A plain value that a sentence may show. */
export type Fact = string | number | boolean | null
export type Facts = Readonly<Record<string, Fact>>

/** What a command that was run looked like, for the report: never a shell string, never a secret. */
export interface CommandRecord {
  readonly program: string
  readonly args: readonly string[]
  readonly exitCode: number | null
  readonly signal: string | null
  readonly durationMs: number
  /** The end of what it printed, at most 4,000 characters. */
  readonly output: string
}

/** Why something did not work. `code` picks the sentence and the remedy in `text/`; `facts` fill it. */
export interface Failure {
  readonly code: FailureCode
  readonly facts: Facts
  readonly cause?: Failure
  readonly command?: CommandRecord
}

/** True when the failure or one of its causes carries this code. */
export function hasCode(failure: Failure, code: FailureCode): boolean {
  return failure.code === code || (failure.cause !== undefined && hasCode(failure.cause, code))
}
