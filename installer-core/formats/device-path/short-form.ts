import type { Guid } from '../../base/guid.ts'
import type { DevicePath, FileNode, HardDriveNode } from './node.ts'

/** A partition of a GPT disk, as a boot entry names it. */
export interface PartitionLocation {
  readonly partitionNumber: number
  readonly partitionGuid: Guid
  /** First block and count of blocks, in logical blocks of that disk (not always 512 bytes). */
  readonly start: number
  readonly size: number
}

/** The path Berth writes into boot entries: HD()/File(), which firmware completes by itself (UEFI 2.10, 3.1.2). */
export function shortFormPath(partition: PartitionLocation, file: string): DevicePath {
  return { nodes: [hardDriveNode(partition), fileNode(file)], endType: 0x7f }
}

/** The node of a GPT partition. */
export function hardDriveNode(partition: PartitionLocation): HardDriveNode {
  const { partitionNumber, start, size, partitionGuid } = partition
  return {
    kind: 'hard-drive',
    partitionNumber,
    start,
    size,
    partitionFormat: 2,
    signature: { type: 'gpt', partitionGuid },
  }
}

/** The node of a file; `/EFI/Linux/x.efi` is stored as `\EFI\Linux\x.efi`. */
export function fileNode(file: string): FileNode {
  return { kind: 'file', path: file.replaceAll('/', '\\'), rest: new Uint8Array(2) }
}

/** The first partition that a path goes through; null when it names none. */
export function hardDriveOf(path: DevicePath): HardDriveNode | null {
  return path.nodes.find((node) => node.kind === 'hard-drive') ?? null
}

/** The file that a path ends in; pieces in several nodes are joined. Null when it names none. */
export function fileOf(path: DevicePath): string | null {
  const pieces = path.nodes.filter((node) => node.kind === 'file').map((node) => node.path)
  return pieces.length === 0 ? null : pieces.join('\\').replace(/\\{2,}/g, '\\')
}
