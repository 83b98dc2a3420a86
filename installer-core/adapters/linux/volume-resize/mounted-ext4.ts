import { bytes, KiB, MiB, type Bytes } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import { runCommand } from '../../run-command.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import { isReadOnly, type Mount } from '../mount-table.ts'
import { readPartitionUses } from '../partition-uses.ts'
import { isShort, shrinksOf } from './own-growth.ts'
import { resizePartition } from './resize-partition.ts'
import type { LinuxResizeParts } from './resize-parts.ts'

const timeoutMs = 6 * 60 * 60 * 1000
/** A last group of blocks that is too short for its own tables stays unused; no group of 4 KiB blocks is longer. */
const largestGroup = 128 * MiB

/**
 * Makes a mounted ext4 and its partition longer, the partition first. The kernel lengthens the file system by
 * transactions: after a cut it has a size in between, and asking again goes on from there. When the file system cannot
 * follow and has not begun to, the partition gets its former end back. `read-only` when nothing may be written to it.
 */
export async function growMountedExt4(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
  to: Bytes,
): Promise<Result<void>> {
  const { guid } = found.partition
  const mount = readPartitionUses(parts.places).mountsOf(found.kernel)[0]
  if (mount === undefined) return fail('busy', { what: found.kernel.path, where: guid })
  if (isReadOnly(mount)) return fail('read-only', { what: mount.point, where: guid })
  const shrinks = shrinksOf(parts.places)
  if (to === found.size) {
    const own = shrinks.of(guid)
    if (!own.ok) return own
    return own.value?.from === to && (await isShort(found)) ? fill(parts, mount, to) : done
  }
  const noted = shrinks.note(guid, to, found.size)
  const grown = noted.ok ? await resizePartition(parts, to) : noted
  if (!grown.ok) return grown
  const filled = await fill(parts, mount, to)
  return filled.ok ? filled : giveEndBack(parts, bytes(found.size), filled)
}

async function fill(parts: LinuxResizeParts, { point }: Mount, to: Bytes): Promise<Result<void>> {
  const before = await sizeNow(parts)
  if (!before.ok) return before
  for (const [program, ...args] of [
    ['resize2fs', before.value.path, `${Math.floor(to / KiB)}K`],
    ['sync', '--file-system', point],
  ] as const) {
    const ran = await runCommand({ program, args, timeoutMs })
    if (!ran.ok) return ran
  }
  parts.onChange()
  const after = await sizeNow(parts)
  if (!after.ok) return after
  const { partition, fileSystem } = after.value
  const isFilled = fileSystem <= to && fileSystem + largestGroup > to && fileSystem >= before.value.fileSystem
  if (partition === to && isFilled) return done
  return fail('read-back-differs', { what: point, where: 'superblock', required: to, found: fileSystem })
}

async function giveEndBack(parts: LinuxResizeParts, to: Bytes, filled: Result<void>): Promise<Result<void>> {
  const now = await sizeNow(parts)
  if (now.ok && now.value.fileSystem <= to) await resizePartition(parts, to)
  return filled
}

interface Sizes {
  readonly path: string
  /** As the table and the kernel have it. */
  readonly partition: number
  /** As its superblock says. */
  readonly fileSystem: number
}

async function sizeNow(parts: LinuxResizeParts): Promise<Result<Sizes>> {
  const found = await parts.again()
  if (!found.ok) return found
  const { disk, offset, size, kernel, partition } = found.value
  const volume = await readVolume(partitionReader(imageBlockDevice(disk, 'read'), offset, size))
  found.value.close()
  if (volume.fileSystem === 'ext4' && volume.size !== null)
    return ok({ path: kernel.path, partition: size, fileSystem: volume.size })
  return fail('identity-changed', { what: partition.guid, required: 'ext4', found: volume.fileSystem })
}
