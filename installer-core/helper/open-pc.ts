import type { Result } from '../base/result.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'

/** A PC that was opened, whichever adapter did it. */
export interface OpenPc {
  readonly platform: Platform
  readonly journalStore: JournalStore
  close(): Promise<void>
}

/** Opens the one PC that a helper works on. Which one is decided where the helper is put together, never by a request. */
export type PcOpener = (options: { readonly access: 'read' | 'write' }) => Promise<Result<OpenPc>>
