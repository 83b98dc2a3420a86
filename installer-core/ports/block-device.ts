import type { Bytes } from '../base/bytes.ts'
import type { Result } from '../base/result.ts'

/** A disk opened by identity. Offsets and lengths are in bytes and multiples of `sectorSize`. */
export interface BlockDevice {
  readonly sectorSize: 512 | 4096
  readonly size: Bytes
  /** Reads exactly `length` bytes, or fails. */
  read(offset: Bytes, length: Bytes): Promise<Result<Uint8Array>>
  /** Writes all of `data`, or fails (`short-write` when only part arrived). Durable only after `flush`. */
  write(offset: Bytes, data: Uint8Array): Promise<Result<void>>
  flush(): Promise<Result<void>>
  close(): Promise<Result<void>>
}
