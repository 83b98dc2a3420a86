import type { Bytes, Lba } from '../base/bytes.ts'
import type { Guid } from '../base/guid.ts'
import type { Result } from '../base/result.ts'
import type { Disk } from '../model/disk.ts'
import type { ProbeFacts } from '../model/machine.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { BlockDevice } from './block-device.ts'
import type { Cancellation } from './cancellation.ts'
import type { FileTree } from './file-tree.ts'
import type { FirmwareVariables } from './firmware-variables.ts'
import type { NetworkProfiles } from './network-profiles.ts'

/**
 * One change to a partition table. Slots that are not named stay as they are, byte for byte. Single changes, because
 * Windows and a Linux disk in use take partitions one at a time and no raw table writes.
 */
export type PartitionEdit =
  | {
      readonly kind: 'add'
      readonly slot: number
      readonly guid: Guid
      readonly typeGuid: Guid
      readonly start: Lba
      readonly blocks: number
      /** The 64 attribute bits, 16 hex digits. */
      readonly attributes: string
      readonly name: string
    }
  | { readonly kind: 'remove'; readonly slot: number; readonly guid: Guid }

/** How to make a FAT32 file system. */
export interface FatFormat {
  readonly label: string
  /** 8 hex digits. */
  readonly volumeId: string
  /** The partition was made by this very run: a file system that still shows in it is a leftover of a former partition. */
  readonly overLeftovers?: boolean
}

/** Gives back what was taken (a lock, an inhibitor). Never fails in a way that matters. */
export type Release = () => Promise<void>

/**
 * One PC, real or practised. Everything is named by identity; an identity that is not there, or there twice, is a
 * failure (`unknown-disk`, `unknown-partition`, `identity-changed`), never a guess.
 */
export interface Platform {
  probe(cancellation: Cancellation): Promise<Result<ProbeFacts>>
  /** One disk with its table and volumes, as `probe` would find it; for platforms where that is cheaper than a probe. */
  readDisk?(id: DiskId): Promise<Result<Disk>>
  openDisk(id: DiskId, access: 'read' | 'write'): Promise<Result<BlockDevice>>
  /**
   * All edits or none; `table-changed` unless the table's digest is still `expected` (SHA-256, see `Disk.tableDigest`).
   * An empty list of edits writes both copies anew from the one that counts (the primary while it is valid): how
   * recovery settles a table whose writing was cut off.
   */
  editPartitions(id: DiskId, expected: string, edits: readonly PartitionEdit[]): Promise<Result<void>>
  /**
   * Changes a volume and its partition to `to` bytes. Shrinking does the file system first, growing the table first, so
   * that the partition is never shorter than its file system. `volume-dirty`, `volume-hibernated`, `volume-locked`,
   * `volume-shrink-limit` are refusals before any write. A change that was cut off half-way is finished or taken back
   * first; asking for the size a partition has already is how recovery makes a half-changed file system whole.
   */
  resizeVolume(disk: DiskId, id: PartitionId, to: Bytes): Promise<Result<void>>
  /** The smallest size in bytes that `resizeVolume` would accept; reads only. */
  shrinkLimit(disk: DiskId, id: PartitionId): Promise<Result<Bytes>>
  /** Makes an empty FAT32 in a partition; refuses (`already-exists`) when it holds a known file system, unless `overLeftovers`. */
  formatVolume(disk: DiskId, id: PartitionId, format: FatFormat): Promise<Result<void>>
  openBootVolume(disk: DiskId, id: PartitionId): Promise<Result<FileTree>>
  readonly firmware: FirmwareVariables
  /** Absent where no running system is asked: practice PCs, recordings, and systems that Berth does not read them of. */
  readonly networks?: NetworkProfiles
  /** No suspend and no shutdown until released. `why` is a sentence for people. */
  inhibit(why: string): Promise<Result<Release>>
  restart(): Promise<Result<void>>
  /** Changes made so far (block writes, variable writes, flushes); null where they are not counted. */
  changes(): number | null
  close(): Promise<Result<void>>
}
