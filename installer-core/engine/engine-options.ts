import type { SelfCommand } from '../adapters/self-command.ts'
import type { HelperStarter } from './helper-seat.ts'

/** Where an engine keeps its things and what it knows of itself. */
export interface EngineOptions {
  readonly dataFolder: string
  readonly releasesFolder: string
  /** Where catalogues are remembered and their files kept. */
  readonly catalogueFolder: string
  readonly version: string
  readonly self: SelfCommand
  /** Makes practice PCs without starting their firmware once; for tests. */
  readonly unstarted?: boolean
  /** Starts the helper with full rights for this PC; absent where there is none yet. */
  readonly startHelper?: HelperStarter
  /** Told of faults of the program's own. */
  readonly onFault: (what: string, thrown: unknown) => void
}
