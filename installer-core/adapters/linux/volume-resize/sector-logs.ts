import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { done, fail, type Result } from '../../../base/result.ts'
import type { DiskId, PartitionId } from '../../../model/primitives.ts'
import { openSectorLog, type SectorBatches, type SectorLog } from '../../disk-image/sector-log.ts'
import { rollBack } from '../../disk-image/undoable-write.ts'
import { openFileDisk, type RawDisk } from '../../disk-image/raw-disk.ts'
import type { FoundLinuxPartition, LinuxDisks } from '../linux-disks.ts'
import type { LinuxPlaces } from '../linux-places.ts'
import { namesIn } from '../sys-file.ts'

const logName = /^sectors-([0-9a-f-]{36})-([0-9a-f-]{36})\.undo$/

/** The log of a change to one volume: which one is told by its name, because disks change their order between starts. */
export function sectorLogOf({ state }: LinuxPlaces, disk: string, partition: string): SectorLog {
  return openSectorLog(join(state, `sectors-${disk}-${partition}.undo`))
}

/** Where copies of volumes lie while they are resized; after a cut the copy tells what was meant to be written. */
export function scratchFolder({ state }: LinuxPlaces): string {
  return join(state, 'scratch')
}

/**
 * Takes back every change to a volume that was cut off. A disk that is not there now keeps its log. A volume that
 * somebody else changed since is left as it is: `identity-changed`, because former contents put back into it would tear
 * it. `busy` when it is in use.
 */
export async function settleVolumes(places: LinuxPlaces, disks: LinuxDisks): Promise<Result<void>> {
  for (const name of namesIn(places.state)) {
    const [, disk, partition] = logName.exec(name) ?? []
    if (disk === undefined || partition === undefined) continue
    const settled = await settle(places, disks, disk as DiskId, partition as PartitionId)
    if (!settled.ok && settled.failure.code !== 'unknown-disk') return settled
  }
  return done
}

async function settle(
  places: LinuxPlaces,
  disks: LinuxDisks,
  disk: DiskId,
  partition: PartitionId,
): Promise<Result<void>> {
  const log = sectorLogOf(places, disk, partition)
  const batches = log.readAll()
  if (!batches.ok || batches.value.length === 0) return batches.ok ? done : batches
  const found = await disks.findPartition(disk, partition, 'write')
  if (!found.ok) return found
  const copy = join(scratchFolder(places), `${partition}.volume`)
  const own = requireOwnSectors(found.value, batches.value, copy)
  const settled = own.ok ? rollBack({ disks: [found.value.disk], log }) : own
  found.value.close()
  if (settled.ok) rmSync(copy, { force: true })
  return settled
}

/** Every sector in the log holds what it held before, or what the copy says it was to hold. */
function requireOwnSectors(
  { disk, offset, partition }: FoundLinuxPartition,
  batches: SectorBatches,
  copyPath: string,
): Result<void> {
  const copy = openFileDisk(copyPath, disk.sectorSize, 'read')
  if (!copy.ok) return copy
  try {
    for (let index = 0; index < batches.length; index += 1) {
      const batch = batches.read(index)
      if (!batch.ok) return batch
      for (const former of batch.value) {
        const same = isOwn(disk, copy.value, former, offset)
        if (!same.ok) return same
        if (!same.value) return fail('identity-changed', { what: partition.guid })
      }
    }
    return done
  } finally {
    copy.value.close()
  }
}

function isOwn(
  disk: RawDisk,
  copy: RawDisk,
  former: { readonly offset: number; readonly data: Uint8Array },
  start: number,
): Result<boolean> {
  const present = disk.read(former.offset, former.data.length)
  if (!present.ok) return present
  const wanted = copy.read(former.offset - start, former.data.length)
  if (!wanted.ok) return wanted
  for (let at = 0; at < former.data.length; at += disk.sectorSize) {
    const part = (data: Uint8Array) => data.subarray(at, at + disk.sectorSize)
    const now = Buffer.from(part(present.value))
    if (!now.equals(part(former.data)) && !now.equals(part(wanted.value))) return { ok: true, value: false }
  }
  return { ok: true, value: true }
}
