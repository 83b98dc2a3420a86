import { fail, ok, type Result } from '../../../base/result.ts'
import type { Bytes } from '../../../base/bytes.ts'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import { readPartitionUses } from '../partition-uses.ts'
import { atRestLimit, resizeAtRest } from './at-rest.ts'
import { btrfsLimit, resizeBtrfs } from './btrfs.ts'
import { growMountedExt4 } from './mounted-ext4.ts'
import type { LinuxResizeParts } from './resize-parts.ts'

/**
 * Changes a volume and its partition: btrfs while it is mounted, NTFS and ext4 while nobody uses them, and an ext4 that
 * is only to grow while it is mounted, too. `busy` for a volume in use otherwise, `unsupported` for LVM, LUKS, RAID, ZFS and everything else.
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
  const way = await wayToResize(parts, found, to >= found.size)
  if (!way.ok) return way
  return ways[way.value](parts, found, to)
}

const ways = { btrfs: resizeBtrfs, mounted: growMountedExt4, 'at-rest': resizeAtRest } as const

/** The smallest size in bytes that the volume could have now. */
export async function linuxShrinkLimit(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
): Promise<Result<Bytes>> {
  const way = await wayToResize(parts, found, false)
  if (!way.ok) return way
  return way.value === 'btrfs' ? btrfsLimit(parts, found) : atRestLimit(found)
}

async function wayToResize(
  { places }: LinuxResizeParts,
  found: FoundLinuxPartition,
  grows: boolean,
): Promise<Result<keyof typeof ways>> {
  const { disk, offset, size, node, kernel, partition } = found
  const { fileSystem } = await readVolume(partitionReader(imageBlockDevice(disk, 'read'), offset, size))
  const uses = readPartitionUses(places).of(node, kernel)
  const where = partition.guid
  if (fileSystem === 'bitlocker') return fail('volume-locked', { what: where })
  if (fileSystem !== 'btrfs' && fileSystem !== 'ntfs' && fileSystem !== 'ext4')
    return fail('unsupported', { what: 'resize', where, found: fileSystem })
  const isUsed = uses.length > 0
  const isOnlyMounted = isUsed && uses.every((use) => use.startsWith('/'))
  if (fileSystem === 'ext4' && isOnlyMounted && grows) return ok('mounted')
  if (fileSystem !== 'btrfs' && isUsed) return fail('busy', { what: uses.join(', '), where })
  if (fileSystem === 'btrfs' && !isUsed)
    return fail('unsupported', { what: 'resize of a btrfs that is not mounted', where })
  return ok(fileSystem === 'btrfs' ? 'btrfs' : 'at-rest')
}
