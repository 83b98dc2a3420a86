import type { Lba } from '../../base/bytes.ts'
import type { Failure } from '../../base/failure.ts'
import type { Guid } from '../../base/guid.ts'

/** The two ends of a disk, as far as a partition table can reach into them (`gptReach` says how far). */
export interface DiskEnds {
  readonly sectorSize: 512 | 4096
  /** Length of the disk in logical sectors. */
  readonly sectors: number
  /** The disk's first bytes, from LBA 0. */
  readonly head: Uint8Array
  /** The disk's last bytes, ending with the last LBA. May overlap `head` on a small disk. */
  readonly tail: Uint8Array
}

/** One used entry of the table. */
export interface GptPartition {
  /** 1-based number of its slot. */
  readonly slot: number
  readonly typeGuid: Guid
  readonly guid: Guid
  readonly start: Lba
  /** The last sector that belongs to it. */
  readonly last: Lba
  readonly blocks: number
  /** The 64 attribute bits, 16 hex digits. */
  readonly attributes: string
  /** Up to 36 UTF-16 units exactly as stored: not yet safe to show. */
  readonly name: string
}

/** What both copies of a table say about the disk. */
export interface GptLayout {
  readonly guid: Guid
  readonly firstUsable: Lba
  readonly lastUsable: Lba
  readonly slots: number
  /** Bytes of one entry: 128 · 2^n. */
  readonly entrySize: number
}

export type GptRole = 'primary' | 'backup'

/** One copy of the table, byte for byte, in whole sectors; also when it is damaged. */
export interface GptCopy {
  readonly role: GptRole
  readonly headerLba: number
  readonly entriesLba: number
  /** The header's whole sector; empty when it was out of reach. */
  readonly header: Uint8Array
  /** The sectors of the entry array; empty when they were out of reach. */
  readonly entries: Uint8Array
}

/** A disk's GUID partition table (UEFI 2.10, 5.3), both copies examined separately. */
export interface GptDisk extends GptLayout {
  readonly sectorSize: 512 | 4096
  readonly sectors: number
  readonly protectiveMbr: 'protective' | 'hybrid' | 'missing'
  readonly primary: 'valid' | 'damaged'
  /** `misplaced`: not in the disk's last sector (the disk was grown or copied), whatever else it is. */
  readonly backup: 'valid' | 'damaged' | 'misplaced'
  /** Both copies valid and describing the same partitions. */
  readonly agree: boolean
  /** The copy that `partitions` and the layout were read from. */
  readonly used: GptRole
  /** Names of the fields that are wrong: `primary.header.crc32`, `partitions[3].overlap`, … */
  readonly problems: readonly string[]
  /** One `malformed` failure for each problem. */
  readonly failures: readonly Failure[]
  /** Used entries in slot order. */
  readonly partitions: readonly GptPartition[]
  /** The first sector. */
  readonly mbr: Uint8Array
  readonly copies: { readonly primary: GptCopy; readonly backup: GptCopy }
}

/** One change to a table; the members of the platform's partition edits, and the change of a length. */
export type GptEdit =
  | {
      readonly kind: 'add'
      readonly slot: number
      readonly guid: Guid
      readonly typeGuid: Guid
      readonly start: Lba
      readonly blocks: number
      readonly attributes: string
      readonly name: string
    }
  | { readonly kind: 'remove'; readonly slot: number; readonly guid: Guid }
  | { readonly kind: 'resize'; readonly slot: number; readonly guid: Guid; readonly blocks: number }
