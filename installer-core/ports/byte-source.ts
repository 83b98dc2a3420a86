import type { Bytes } from '../base/bytes.ts'
import type { Result } from '../base/result.ts'

/** Bytes that arrive in pieces of at most 4 MiB: constant memory whatever the size. */
export interface ByteSource {
  readonly size: Bytes
  /** The next piece; null at the end. A piece is the caller's until the next call. */
  next(): Promise<Result<Uint8Array | null>>
  close(): Promise<void>
}
