import type { Guid } from '../../base/guid.ts'
import type { Json } from '../../base/json.ts'
import type { Disk } from '../../model/disk.ts'
import type { StandInKind } from '../stand-in/stand-in.ts'

/** What a file holds. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  /** An EFI program that says who it is. */
  | { readonly kind: 'stand-in'; readonly standIn: StandInKind }
  /** A file of the host, copied. */
  | { readonly kind: 'copy'; readonly from: string }
  /** Bytes that differ everywhere and are the same every time; `seed` tells two such files apart. */
  | { readonly kind: 'noise'; readonly size: number; readonly seed: string }
  /** Zeros: takes room in the file system and none in the image. */
  | { readonly kind: 'zeros'; readonly size: number }

export interface FileDesign {
  /** `/`-separated, absolute. On NTFS: in the root folder only. */
  readonly path: string
  readonly content: FileContent
}

/** What a partition holds. */
export type Contents =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'fat'
      readonly type: 'fat16' | 'fat32'
      readonly label: string
      /** 8 hex digits. */
      readonly volumeId: string
      readonly files: readonly FileDesign[]
      /** A file of zeros is added until this many bytes are free; absent: as it comes. */
      readonly leaveFree?: number
    }
  | {
      readonly kind: 'ntfs'
      readonly label: string
      /** 16 hex digits, as probes show it. */
      readonly serial: string
      readonly files: readonly FileDesign[]
      readonly leaveFree?: number
    }
  | {
      readonly kind: 'ext4'
      readonly label: string
      readonly uuid: Guid
      readonly files: readonly FileDesign[]
    }
  /** A volume that BitLocker has encrypted: its boot sector, and noise. */
  | { readonly kind: 'bitlocker'; readonly seed: string }

export interface PartitionDesign {
  readonly slot: number
  readonly guid: Guid
  readonly typeGuid: Guid
  /** In logical sectors. */
  readonly start: number
  readonly blocks: number
  /** 16 hex digits. */
  readonly attributes: string
  readonly name: string
  readonly contents: Contents
}

export interface MbrPartitionDesign {
  readonly slot: number
  readonly type: number
  readonly start: number
  readonly blocks: number
  readonly bootable: boolean
  readonly contents: Contents
}

export type TableDesign =
  | {
      readonly kind: 'gpt'
      readonly guid: Guid
      readonly slots?: number
      readonly partitions: readonly PartitionDesign[]
      /** The backup copy describes this slot one MiB shorter than the primary does. */
      readonly backupDiffersIn?: number
    }
  | {
      readonly kind: 'mbr'
      /** 8 hex digits. */
      readonly signature: string
      readonly partitions: readonly MbrPartitionDesign[]
    }
  /** A disk that nobody has used yet. */
  | { readonly kind: 'none'; readonly partitions: readonly [] }

export interface DiskDesign {
  /** File name in the PC's folder. */
  readonly file: string
  readonly size: number
  readonly sectorSize: 512 | 4096
  readonly bus: Disk['bus']
  readonly model: string
  readonly serial: string
  readonly removable: boolean
  readonly table: TableDesign
}

/** A firmware variable that the PC starts its life with. */
export interface VariableDesign {
  readonly vendor: Guid
  readonly name: string
  readonly attributes: number
  readonly data: Uint8Array
}

/** A practice PC before it is made: everything that its folder will hold, as readable data. */
export interface PcDesign {
  readonly disks: readonly DiskDesign[]
  /** Null on a BIOS PC, which has no firmware file. */
  readonly variables: readonly VariableDesign[] | null
  /** The members of `pc.json` besides `format`, `disks` and the firmware's file name. */
  readonly description: Readonly<Record<string, Json>>
}
