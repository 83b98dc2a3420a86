import type { Result } from '../../base/result.ts'

/**
 * A place that holds a catalogue and its releases. Nothing that it says is believed: whoever asks names the size and
 * checks the hash. Paths are names joined by `/`, as the catalogue's schemas allow them.
 */
export interface CatalogueSource {
  /** The folder or the address. */
  readonly name: string
  /** A whole small file; `source-endless` when it is longer than `limit` bytes, `not-found` when it is not there. */
  readWhole(path: string, limit: number, signal?: AbortSignal): Promise<Result<Uint8Array>>
  /** Exactly `length` bytes from `start` of a file; `source-cut-short` when it ends before. */
  readRange(path: string, start: number, length: number, signal?: AbortSignal): Promise<Result<Uint8Array>>
  /** Lets go of connections. */
  close(): void
}
