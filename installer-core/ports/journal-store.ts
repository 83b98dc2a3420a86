import type { Result } from '../base/result.ts'
import type { Release } from './platform.ts'

/** Where journals are kept: one append-only sequence of bytes for each run. */
export interface JournalStore {
  /** Names of the runs, oldest first. */
  runs(): Promise<Result<readonly string[]>>
  /** Everything that was appended; after a cut the last append may be torn. */
  read(run: string): Promise<Result<Uint8Array>>
  /** Appends and flushes: durable when it resolves. Creates the run on its first append. */
  append(run: string, data: Uint8Array): Promise<Result<void>>
  /** One holder at a time: `run-locked` names the other; a lock left by a dead process is taken over. */
  lock(): Promise<Result<Release>>
}
