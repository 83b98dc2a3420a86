import type { OwnershipManifest } from '../model/manifest.ts'
import type { RunEvent } from '../model/report.ts'
import type { Cancellation } from '../ports/cancellation.ts'
import type { Clock } from '../ports/clock.ts'
import type { Hasher } from '../ports/hasher.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'

/** What every run needs: the PC, a place for its journal, and somebody to tell. */
export interface RunTools {
  readonly platform: Platform
  readonly journal: JournalStore
  readonly hasher: Hasher
  readonly clock: Clock
  /** Asked at safe points only: between steps, and between pieces of a file. */
  readonly cancellation: Cancellation
  /** Told what goes on, in order; `sequence` counts from 0 without a gap within one call. */
  readonly onEvent: (event: RunEvent) => void
  /** Berth's version, for the journal. */
  readonly version: string
}

/** The state before a run, as the ownership manifest keeps it. */
export type Before = OwnershipManifest['before']
