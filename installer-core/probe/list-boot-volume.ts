import type { Result } from '../base/result.ts'
import { partitionType } from '../base/well-known.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { BootVolume } from '../model/machine.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Hasher } from '../ports/hasher.ts'
import { listBootFiles } from './list-boot-files.ts'

/** What listing a boot volume needs of the PC. */
export interface BootVolumeReader {
  readonly hasher: Hasher
  /** Opens a boot volume to look at. */
  openTree(disk: Disk, partition: Partition): Promise<Result<FileTree>>
}

/** An ESP or XBOOTLDR partition with a file system that firmware reads. */
export function holdsBootFiles({ typeGuid, volume }: Partition): boolean {
  const isBoot = typeGuid === partitionType.esp || typeGuid === partitionType.xbootldr
  return isBoot && /^fat(12|16|32)$/.test(volume.fileSystem)
}

/** A volume that cannot be listed is shown empty and incomplete: the probe goes on. */
export async function listBootVolume(
  reader: BootVolumeReader,
  disk: Disk,
  partition: Partition,
): Promise<BootVolume> {
  const unreadable = { partition: partition.id, files: [], incomplete: true, manifest: null }
  const tree = await reader.openTree(disk, partition)
  if (!tree.ok) return unreadable
  const listed = await listBootFiles(tree.value, partition.id, reader.hasher)
  await tree.value.close()
  return listed.ok ? listed.value : unreadable
}
