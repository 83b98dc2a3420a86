import { fail, type Result } from '../../../base/result.ts'
import type { Bytes } from '../../../base/bytes.ts'
import type { FileSystem } from '../../../model/disk.ts'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import { readPartitionUses } from '../partition-uses.ts'
import { atRestLimit, resizeAtRest } from './at-rest.ts'
import { btrfsLimit, resizeBtrfs } from './btrfs.ts'
import type { LinuxResizeParts } from './resize-parts.ts'

/**
 * Changes a volume and its partition: btrfs while it is mounted, NTFS and ext4 while nobody uses them. `busy` for a
 * volume in use otherwise, `unsupported` for LVM, LUKS, RAID, ZFS and everything else.
 */
export async function resizeLinuxVolume(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
  to: Bytes,
): Promise<Result<void>> {
  if (to === 0 || to % found.disk.sectorSize !== 0)
    return fail('out-of-range', {
      what: 'size',
      required: `a multiple of ${found.disk.sectorSize}`,
      found: to,
    })
  const fileSystem = await resizable(parts, found)
  if (!fileSystem.ok) return fileSystem
  return fileSystem.value === 'btrfs' ? resizeBtrfs(parts, found, to) : resizeAtRest(parts, found, to)
}

/** The smallest size in bytes that the volume could have now. */
export async function linuxShrinkLimit(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
): Promise<Result<Bytes>> {
  const fileSystem = await resizable(parts, found)
  if (!fileSystem.ok) return fileSystem
  return fileSystem.value === 'btrfs' ? btrfsLimit(parts, found) : atRestLimit(found)
}

async function resizable(
  { places }: LinuxResizeParts,
  found: FoundLinuxPartition,
): Promise<Result<FileSystem>> {
  const { disk, offset, size, node, kernel, partition } = found
  const { fileSystem } = await readVolume(partitionReader(imageBlockDevice(disk, 'read'), offset, size))
  const uses = readPartitionUses(places).of(node, kernel)
  const where = partition.guid
  if (fileSystem === 'bitlocker') return fail('volume-locked', { what: where })
  if (fileSystem !== 'btrfs' && fileSystem !== 'ntfs' && fileSystem !== 'ext4')
    return fail('unsupported', { what: 'resize', where, found: fileSystem })
  const isUsed = uses.length > 0
  if (fileSystem !== 'btrfs' && isUsed) return fail('busy', { what: uses.join(', '), where })
  if (fileSystem === 'btrfs' && !isUsed)
    return fail('unsupported', { what: 'resize of a btrfs that is not mounted', where })
  return { ok: true, value: fileSystem }
}
