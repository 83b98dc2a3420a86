import { mkdirSync, statfsSync } from 'node:fs'
import { bytes, type Bytes } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import { attempt } from '../../disk-image/io-failure.ts'
import { writeUndoably } from '../../disk-image/undoable-write.ts'
import { nodeVolumeTools } from '../../disk-image/volume-resize/node-volume-tools.ts'
import { requireResizable } from '../../disk-image/volume-resize/resizable.ts'
import { resizedGroup, withCopy, type ResizeParts } from '../../disk-image/volume-resize/resize-volume.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import { isShort, shrinksOf } from './own-growth.ts'
import { resizePartition } from './resize-partition.ts'
import type { LinuxResizeParts } from './resize-parts.ts'
import { scratchFolder, sectorLogOf } from './sector-logs.ts'

/** Room that the system keeps beside a copy of a volume. */
const reserve = 256 * 1024 * 1024

/**
 * Resizes an NTFS or ext4 that nobody uses. The tool works on a sparse copy, and what it changed there is written to the
 * volume with the former contents of its sectors in a log first. Shrinking does the file system first, growing the
 * partition, so that between the two the file system is only smaller than its partition; asked for the size that the
 * partition has already, a file system that Berth shrank, or began to grow, is made to fill it.
 */
export async function resizeAtRest(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
  to: Bytes,
): Promise<Result<void>> {
  const shrinks = shrinksOf(parts.places)
  const { guid } = found.partition
  if (to < found.size) {
    const noted = shrinks.note(guid, found.size, to)
    const shrunk = noted.ok ? await changeVolume(parts, found, to, false) : noted
    return shrunk.ok ? resizePartition(parts, to) : shrunk
  }
  const own = shrinks.of(guid)
  if (!own.ok) return own
  const isOwn = own.value?.from === to
  if (to > found.size) {
    // Not after the partition has grown: a volume that cannot follow is to stay as it is.
    const fits = await requireResizable({ volumes: {} }, found, true)
    const noted = fits.ok && !isOwn ? shrinks.note(guid, to, found.size) : fits
    const grown = noted.ok ? await resizePartition(parts, to) : noted
    if (!grown.ok) return grown
  } else if (!isOwn || !(await isShort(found))) return done
  const whole = await parts.again()
  if (!whole.ok) return whole
  const filled = await changeVolume(parts, whole.value, to, true)
  whole.value.close()
  return filled
}

/** Asked of the tool on the volume itself, which it only reads. */
export async function atRestLimit(found: FoundLinuxPartition): Promise<Result<Bytes>> {
  const fileSystem = await requireResizable({ volumes: {} }, found, false)
  if (!fileSystem.ok) return fileSystem
  const limit = await nodeVolumeTools.limit(fileSystem.value, found.kernel.path)
  return limit.ok ? ok(bytes(limit.value)) : limit
}

async function changeVolume(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
  to: Bytes,
  grows: boolean,
): Promise<Result<void>> {
  const resize = resizeParts(parts, found)
  const fileSystem = await requireResizable(resize.pc, found, grows)
  if (!fileSystem.ok) return fileSystem
  return withCopy(resize, found, fileSystem.value, Math.max(found.size, to), async (copy) => {
    const group = await resizedGroup(resize, found, fileSystem.value, copy, to, grows)
    if (!group.ok) return group
    const kept = copy.flush()
    return kept.ok ? writeUndoably(resize, [{ ...group.value, disk: 0 }]) : kept
  })
}

function resizeParts(
  { places }: LinuxResizeParts,
  { disk, gpt, partition }: FoundLinuxPartition,
): ResizeParts {
  const scratch = scratchFolder(places)
  mkdirSync(scratch, { recursive: true, mode: 0o700 })
  return {
    disks: [disk],
    log: sectorLogOf(places, gpt.guid, partition.guid),
    pc: { volumes: {} },
    scratch,
    tools: nodeVolumeTools,
    requireScratch: (needed) =>
      attempt('count free space', scratch, () => {
        const { bavail, bsize } = statfsSync(scratch)
        const found = bavail * bsize
        const required = needed + reserve
        return required <= found ? done : fail('no-space', { where: scratch, required, found })
      }),
  }
}
