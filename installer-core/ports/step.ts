import type { Facts } from '../base/failure.ts'
import type { Result } from '../base/result.ts'
import type { Evidence } from '../model/report.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { StepKind, StepOf } from '../model/plan.ts'
import type { Cancellation } from './cancellation.ts'
import type { Hasher } from './hasher.ts'
import type { Platform } from './platform.ts'
import type { Progress } from './progress.ts'
import type { OpenRelease } from './release-source.ts'

/** What a step may use: the PC, the release (for steps that write its files) and the record of what is being made. */
export interface StepTools {
  readonly platform: Platform
  readonly release: OpenRelease | null
  /** The texts of credentials by their path: in memory only, for as long as the run goes on. Absent when nothing is written. */
  readonly credentials?: ReadonlyMap<string, string>
  readonly hasher: Hasher
  readonly manifest: OwnershipManifest
  readonly progress: Progress
  readonly cancellation: Cancellation
  /** True while a run that did not finish is taken back: what lies half done under its names is its own. */
  readonly recovering: boolean
}

/** A sentence's key and what fills it: `text/` turns it into words. */
export interface Description {
  readonly code: string
  readonly facts: Facts
}

/** One kind of change. `U`: what undo needs beyond the arguments; plain data, it goes into the journal. */
export interface Step<K extends StepKind, U> {
  readonly kind: K
  /** Pure. */
  describe(args: StepOf<K>): Description
  /** Reads only; refuses when the PC is not as the plan says. Its record is flushed before `apply`. */
  prepare(tools: StepTools, args: StepOf<K>): Promise<Result<U>>
  apply(tools: StepTools, args: StepOf<K>): Promise<Result<void>>
  /** Looks again, from the PC and not from memory. */
  verify(tools: StepTools, args: StepOf<K>): Promise<Result<readonly Evidence[]>>
  /**
   * Takes it back as far as it is Berth's; says what it left and why. Idempotent, and right after a cut at any point of
   * `apply` or of itself. `record` is null when only the ownership manifest survived.
   */
  undo(tools: StepTools, args: StepOf<K>, record: U | null): Promise<Result<readonly string[]>>
  /**
   * True when what the step prepared has come to pass since, after a restart: nothing takes that back, and a run that was
   * being taken back is what it was meant to be after all. Absent where a step prepares nothing.
   */
  hasHappened?(tools: StepTools, args: StepOf<K>): Promise<Result<boolean>>
  /**
   * Lets go of what only `undo` would have needed, once the run has ended for good. Best effort: what is left because of
   * a cut is cleared up by the next repair or undo.
   */
  settle?(tools: StepTools, args: StepOf<K>): Promise<Result<void>>
}
