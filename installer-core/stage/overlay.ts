import type { Result } from '../base/result.ts'

/**
 * A volume seen through a store that takes up every change: what is written to the overlay's device is in the store and
 * not on the volume, until `merge` brings it there.
 */
export interface Overlay {
  /** Forgets what the store holds. */
  discard(): Promise<Result<void>>
  /** Shows the volume with the changes so far. `no-space` at `close` when the store was too small for them. */
  open(): Promise<Result<OpenOverlay>>
  /** Brings every change to the volume. After a cut it is called again, and goes on; afterwards there is nothing in the store. */
  merge(): Promise<Result<void>>
}

export interface OpenOverlay {
  readonly device: string
  /** Lets go; what was written is durable in the store. */
  close(): Promise<Result<void>>
}
