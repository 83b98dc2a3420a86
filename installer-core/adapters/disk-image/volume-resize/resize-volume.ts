import { bytes, type Bytes } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import { editGpt } from '../../../formats/gpt/edit-gpt.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { tableGroups } from '../edit-table.ts'
import { imageBlockDevice } from '../image-block-device.ts'
import type { FoundPartition } from '../image-disks.ts'
import type { PcFile } from '../pc-schema.ts'
import { writeUndoably, type LoggedDisks, type WriteGroup } from '../undoable-write.ts'
import { changedSectors, copyWrites, CopyUnreadable } from './changed-sectors.ts'
import { claimWholePartition } from './ntfs-whole-partition.ts'
import { requireResizable } from './resizable.ts'
import { ScratchCopy } from './scratch-copy.ts'
import { usedRanges } from './used-ranges.ts'
import type { ResizableFileSystem, VolumeTools } from './volume-tools.ts'

/** What resizing needs of the PC. */
export interface ResizeParts extends LoggedDisks {
  /** What is known of the volumes beside what lies on them. */
  readonly pc: Pick<PcFile, 'volumes'>
  readonly scratch: string
  readonly tools: VolumeTools
  /** Refuses when the copy's place has no room for this many bytes. */
  readonly requireScratch?: (needed: number) => Result<void>
}

/**
 * Changes a volume and its partition as one undoable change. The tool works on a sparse copy; what it changed there is
 * then written to the disk. Shrinking writes the file system before the table, growing the table first.
 */
export async function resizeImageVolume(
  parts: ResizeParts,
  found: FoundPartition,
  to: Bytes,
): Promise<Result<void>> {
  if (to === found.size) return done
  if (to % found.disk.sectorSize !== 0 || to === 0)
    return fail('out-of-range', {
      what: 'size',
      required: `a multiple of ${found.disk.sectorSize}`,
      found: to,
    })
  // Only a shrink from outside leaves such a mark with a blank log: Berth's own, or the offline stage's.
  const fileSystem = await requireResizable(parts.pc, found, to > found.size)
  if (!fileSystem.ok) return fileSystem
  const { slot, guid } = found.partition
  const edited = editGpt(found.gpt, [{ kind: 'resize', slot, guid, blocks: to / found.disk.sectorSize }])
  if (!edited.ok) return edited
  const table = tableGroups(found, { old: found.gpt, edited: edited.value })
  return withCopy(parts, found, fileSystem.value, Math.max(found.size, to), async (copy) => {
    const volume = await resizedGroup(parts, found, fileSystem.value, copy, to, to > found.size)
    if (!volume.ok) return volume
    const isShrink = to < found.size
    return writeUndoably(parts, isShrink ? [volume.value, ...table] : [...table, volume.value])
  })
}

/** The smallest size that the file system and, when `pc.json` says one, the running system would accept. */
export async function shrinkLimitOf(parts: ResizeParts, found: FoundPartition): Promise<Result<Bytes>> {
  const fileSystem = await requireResizable(parts.pc, found, false)
  if (!fileSystem.ok) return fileSystem
  const own = parts.pc.volumes[found.partition.guid]?.shrinkLimitBytes ?? 0
  return withCopy(parts, found, fileSystem.value, found.size, async (copy) => {
    const limit = await parts.tools.limit(fileSystem.value, copy.path)
    return limit.ok ? ok(bytes(Math.max(limit.value, own))) : limit
  })
}

/** Gives `work` a sparse copy of what the volume holds, in a file of `size` bytes that is gone afterwards. */
export async function withCopy<T>(
  parts: ResizeParts,
  found: FoundPartition,
  fileSystem: ResizableFileSystem,
  size: number,
  work: (copy: ScratchCopy) => Promise<Result<T>>,
): Promise<Result<T>> {
  const ranges = await usedRanges(fileSystem, readerOf(found))
  if (!ranges.ok) return ranges
  const needed = ranges.value.reduce((sum, { length }) => sum + length, 0)
  const room = parts.requireScratch?.(needed) ?? done
  if (!room.ok) return room
  const copy = ScratchCopy.make(parts.scratch, found.partition.guid, size)
  if (!copy.ok) return copy
  try {
    const filled = copy.value.fill(found.disk, found.offset, ranges.value)
    return filled.ok ? await work(copy.value) : filled
  } catch (thrown) {
    if (thrown instanceof CopyUnreadable) return thrown.result
    throw thrown
  } finally {
    copy.value.remove()
  }
}

/** Runs the tool on the copy; what it changed, as writes to the disk. `grows`: the volume fills `to` bytes, and did not before. */
export async function resizedGroup(
  parts: ResizeParts,
  found: FoundPartition,
  fileSystem: ResizableFileSystem,
  copy: ScratchCopy,
  to: Bytes,
  grows: boolean,
): Promise<Result<WriteGroup>> {
  const limit = grows ? done : await requireRoom(parts, found, fileSystem, copy, to)
  if (!limit.ok) return limit
  const resized = await parts.tools.resize(fileSystem, copy.path, to)
  if (!resized.ok) return resized
  const claimed = fileSystem === 'ntfs' && grows ? claimWholePartition(copy, to) : done
  if (!claimed.ok) return claimed
  const after = await usedRanges(fileSystem, partitionReader(copy.device(to), 0, to))
  if (!after.ok) return after
  const changed = changedSectors(copy, found.disk, found.offset, after.value)
  if (!changed.ok) return changed
  return ok({ disk: found.index, writes: copyWrites(copy, found.offset, changed.value) })
}

async function requireRoom(
  parts: ResizeParts,
  found: FoundPartition,
  fileSystem: ResizableFileSystem,
  copy: ScratchCopy,
  to: Bytes,
): Promise<Result<void>> {
  const limit = await parts.tools.limit(fileSystem, copy.path)
  if (!limit.ok) return limit
  const own = parts.pc.volumes[found.partition.guid]?.shrinkLimitBytes ?? 0
  const smallest = Math.max(limit.value, own)
  if (smallest <= to) return done
  return fail('volume-shrink-limit', { what: found.partition.guid, required: to, found: smallest })
}

function readerOf({ disk, offset, size }: FoundPartition) {
  return partitionReader(imageBlockDevice(disk, 'read'), offset, size)
}
