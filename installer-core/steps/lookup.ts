import { fail, ok, type Result } from '../base/result.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { PartitionIdentity } from '../model/plan.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { Platform } from '../ports/platform.ts'

/** A disk as it is now; `unknown-disk` when it is not there, `identity-changed` when two carry this identity. */
export async function findDisk(platform: Platform, id: DiskId): Promise<Result<Disk>> {
  if (platform.readDisk !== undefined) return platform.readDisk(id)
  const facts = await platform.probe(neverCancelled)
  if (!facts.ok) return facts
  const [disk, twin] = facts.value.disks.filter((candidate) => candidate.id === id)
  if (disk === undefined) return fail('unknown-disk', { what: id })
  if (twin !== undefined) return fail('identity-changed', { what: id, required: 'one disk', found: 'two' })
  return ok(disk)
}

/** The partition of this identity, whatever its place and size; null when it is gone. */
export function partitionOf(disk: Disk, id: PartitionId): Partition | null {
  return disk.partitions.find((partition) => partition.id === id) ?? null
}

/** A partition bound by disk, GUID, start and size: all must match, else `unknown-partition` or `identity-changed`. */
export async function findPartition(
  platform: Platform,
  wanted: PartitionIdentity,
): Promise<Result<{ readonly disk: Disk; readonly partition: Partition }>> {
  const disk = await findDisk(platform, wanted.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, wanted.partition)
  if (partition === null) return fail('unknown-partition', { what: wanted.partition })
  if (partition.start !== wanted.start || partition.size !== wanted.size) {
    const place = (at: { start: number; size: number }) => `start ${at.start}, ${at.size} bytes`
    return fail('identity-changed', {
      what: wanted.partition,
      required: place(wanted),
      found: place(partition),
    })
  }
  return ok({ disk: disk.value, partition })
}

/** Looks at a disk again after its table was changed: `read-back-differs` unless both copies are valid and agree. */
export async function findWholeDisk(platform: Platform, id: DiskId): Promise<Result<Disk>> {
  const disk = await findDisk(platform, id)
  if (!disk.ok || hasWholeTable(disk.value)) return disk
  return fail('read-back-differs', { what: id, where: 'partition table' })
}

/** True when there is nothing to settle: both copies of a GPT are valid and agree, or there is no GPT. */
export function hasWholeTable({ table }: Disk): boolean {
  if (table.kind !== 'gpt') return true
  return table.agree && table.primary === 'valid' && table.backup === 'valid'
}
