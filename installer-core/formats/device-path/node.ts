import type { Guid } from '../../base/guid.ts'

/** How a hard drive node names its disk (UEFI 2.10, table 10.50). */
export type DiskSignature =
  | { readonly type: 'gpt'; readonly partitionGuid: Guid }
  /** The 32-bit disk signature of the MBR. */
  | { readonly type: 'mbr'; readonly diskSignature: number }
  /** No signature, an unknown type, or an MBR signature whose other 12 bytes are not zero: the 16 bytes as they are. */
  | { readonly type: 'other'; readonly signatureType: number; readonly bytes: Uint8Array }

/** A partition (Media, type 4, subtype 1). */
export interface HardDriveNode {
  readonly kind: 'hard-drive'
  readonly partitionNumber: number
  /** First block and count of blocks, in logical blocks of that disk. */
  readonly start: number
  readonly size: number
  /** 1 = MBR, 2 = GPT. */
  readonly partitionFormat: number
  readonly signature: DiskSignature
}

/** A file path (Media, type 4, subtype 4), with the backslashes it was stored with. */
export interface FileNode {
  readonly kind: 'file'
  readonly path: string
  /** What follows the text: a final NUL, unless some firmware wrote something else. */
  readonly rest: Uint8Array
}

/** Ends one instance of a path of several instances (type 0x7F, subtype 1). */
export interface InstanceEndNode {
  readonly kind: 'instance-end'
}

/** Any other node, kept byte for byte. */
export interface OtherNode {
  readonly kind: 'other'
  readonly type: number
  readonly subType: number
  readonly data: Uint8Array
}

export type DevicePathNode = HardDriveNode | FileNode | InstanceEndNode | OtherNode

/** One device path up to its End Entire node, which is not listed. */
export interface DevicePath {
  readonly nodes: readonly DevicePathNode[]
  /** Type byte of the End node: 0x7F, or 0xFF in EFI 1.02. */
  readonly endType: 0x7f | 0xff
}

export const nodeType = {
  hardware: 1,
  acpi: 2,
  messaging: 3,
  media: 4,
  biosBoot: 5,
  end: 0x7f,
  oldEnd: 0xff,
} as const
export const mediaSubType = { hardDrive: 1, vendor: 3, file: 4, firmwareFile: 6, firmwareVolume: 7 } as const
export const endSubType = { instance: 1, entire: 0xff } as const
export const hardDriveLength = 42
export const signatureType = { mbr: 1, gpt: 2 } as const
