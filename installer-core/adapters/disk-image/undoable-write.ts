import { done, fail, type Result } from '../../base/result.ts'
import type { RawDisk } from './raw-disk.ts'
import type { SectorImage, SectorLog } from './sector-log.ts'

/** Bytes to put on a disk at `offset`; whole sectors. */
export interface SectorWrite {
  readonly offset: number
  readonly data: Uint8Array
}
/** Writes that may arrive in any order; the disk is flushed after them. Walked twice, hence restartable. */
export interface WriteGroup {
  readonly disk: number
  readonly writes: Iterable<SectorWrite>
}
/** The disks of a PC, and the log that makes changes to them undoable. */
export interface LoggedDisks {
  readonly disks: readonly RawDisk[]
  readonly log: SectorLog
}

const batchBytes = 1024 * 1024

/**
 * Makes the changes of all groups, one group after the other, or none: the former contents are in the log before the
 * first write, and the log is cleared after the last flush. A failure, and a cut at any point, lead back to the start.
 */
export function writeUndoably({ disks, log }: LoggedDisks, groups: readonly WriteGroup[]): Result<void> {
  const settled = rollBack({ disks, log })
  if (!settled.ok) return settled
  for (const group of groups) {
    const saved = saveFormer({ disks, log }, group)
    if (saved.ok) continue
    log.clear()
    return saved
  }
  const written = writeGroups(disks, groups)
  const cleared = written.ok ? log.clear() : written
  if (!cleared.ok) rollBack({ disks, log })
  return cleared
}

/** Undoes the change that the log shows to be under way, last batch first; nothing when there is none. Can be cut and repeated. */
export function rollBack({ disks, log }: LoggedDisks): Result<void> {
  const batches = log.readAll()
  if (!batches.ok) return batches
  if (batches.value.length === 0) return done
  for (let index = batches.value.length - 1; index >= 0; index -= 1) {
    const batch = batches.value.read(index)
    if (!batch.ok) return batch
    const touched = new Set<RawDisk>()
    for (const image of batch.value) {
      const disk = diskOf(disks, image.disk)
      touched.add(disk)
      const written = disk.write(image.offset, image.data)
      if (!written.ok) return written
    }
    for (const disk of touched) {
      const flushed = disk.flush()
      if (!flushed.ok) return flushed
    }
  }
  return log.clear()
}

function saveFormer({ disks, log }: LoggedDisks, group: WriteGroup): Result<void> {
  const disk = diskOf(disks, group.disk)
  let batch: SectorImage[] = []
  let size = 0
  for (const { offset, data } of group.writes) {
    const former = disk.read(offset, data.length)
    if (!former.ok) return former
    batch.push({ disk: group.disk, offset, data: former.value })
    size += data.length
    if (size < batchBytes) continue
    const appended = log.append(batch)
    if (!appended.ok) return appended
    batch = []
    size = 0
  }
  return batch.length === 0 ? done : log.append(batch)
}

/** Writes group after group, each flushed and read back before the next. */
export function writeGroups(disks: readonly RawDisk[], groups: readonly WriteGroup[]): Result<void> {
  for (const group of groups) {
    const disk = diskOf(disks, group.disk)
    for (const { offset, data } of group.writes) {
      const written = disk.write(offset, data)
      if (!written.ok) return written
    }
    const flushed = disk.flush()
    const arrived = flushed.ok ? requireArrived(disk, group) : flushed
    if (!arrived.ok) return arrived
  }
  return done
}

/** Reads a group back before the next one relies on it: `read-back-differs` when a disk told that it wrote and did not. */
function requireArrived(disk: RawDisk, group: WriteGroup): Result<void> {
  for (const { offset, data } of group.writes) {
    const found = disk.read(offset, data.length)
    if (!found.ok) return found
    if (Buffer.compare(found.value, data) !== 0)
      return fail('read-back-differs', { what: disk.name, where: `byte ${offset}` })
  }
  return done
}

function diskOf(disks: readonly RawDisk[], index: number): RawDisk {
  const disk = disks[index]
  if (disk === undefined) throw new RangeError(`no disk ${index}`)
  return disk
}
