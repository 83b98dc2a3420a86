import type { CatalogueFolder } from '../adapters/catalogue/catalogue-folder.ts'
import type { ContractServer } from '../api/server.ts'
import type { TargetId } from '../api/wire-values.ts'
import type { Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseSource } from '../ports/release-source.ts'
import type { EngineOptions } from './engine-options.ts'
import type { HelperSeat } from './helper-seat.ts'
import type { OpenPlace } from './open-place.ts'
import type { PracticeRoom } from './practice-room.ts'
import type { RunBook } from './run-book.ts'
import type { SettingsFile } from './settings-file.ts'
import type { Goings, TargetBook } from './target-book.ts'
import type { TargetPlace } from './target-place.ts'

/** What the handlers of the contract work with. */
export interface EngineServices {
  /** Differs for each engine process. */
  readonly id: string
  readonly options: EngineOptions
  readonly targets: TargetBook
  readonly runs: RunBook
  readonly practice: PracticeRoom
  readonly settings: SettingsFile
  readonly catalogue: CatalogueFolder
  readonly releases: ReleaseSource
  readonly server: ContractServer
  readonly goings: Goings
  readonly helper: HelperSeat
  /** Opens a target to look at it. */
  looking<T>(target: TargetId, work: (open: OpenPlace) => Promise<Result<T>>): Promise<Result<T>>
  /** Opens a target to change it: `busy` while it is on or is being changed. */
  changing(target: TargetId): Promise<Result<OpenPlace>>
  /** A target that nothing is done to right now; else `busy`. */
  idle(target: TargetId): Result<TargetPlace>
  /** Looks at a target anew, and keeps what was seen for planning. */
  probe(target: TargetId): Promise<Result<Machine>>
  /** What was seen last; looks when nothing was. */
  seen(target: TargetId): Promise<Result<Machine>>
  seenOrNull(target: TargetId): Machine | null
  /** Keeps the engine from counting as idle while something long is made. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Tells every page how a target is now, or that it is gone; each in its own language. */
  targetChanged(id: TargetId): void
}
