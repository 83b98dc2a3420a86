import { fail, ok, type Result } from '../base/result.ts'
import type { Bytes, Lba } from '../base/bytes.ts'
import { parseGuid } from '../base/guid.ts'
import type { Partition } from '../model/disk.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { StepTools } from '../ports/step.ts'
import { foreignFiles } from './foreign-files.ts'
import { findDisk, findWholeDisk, partitionOf } from './lookup.ts'

/** A partition that Berth made, by identity. */
export interface OwnPartition {
  readonly disk: DiskId
  readonly partition: PartitionId
  readonly start: Lba
  readonly size: Bytes
}

/**
 * Removes a partition that Berth made. Leaves it, and says so, when its place or size is no longer what Berth gave it,
 * when it is in use, or when somebody put files of their own into a boot volume.
 */
export async function removePartition(
  tools: StepTools,
  own: OwnPartition,
): Promise<Result<readonly string[]>> {
  const disk = await findDisk(tools.platform, own.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, own.partition)
  if (partition === null) return ok([])
  const obstacle = await obstacleTo(tools, own, partition)
  if (!obstacle.ok) return obstacle
  if (obstacle.value !== null) return ok([`partition ${own.partition} (${obstacle.value})`])
  const guid = parseGuid(own.partition)
  if (guid === null) return ok([`partition ${own.partition} (it has no GUID)`])
  const removed = await tools.platform.editPartitions(own.disk, disk.value.tableDigest, [
    { kind: 'remove', slot: partition.slot, guid },
  ])
  return removed.ok ? requireGone(tools, own) : removed
}

async function requireGone(tools: StepTools, own: OwnPartition): Promise<Result<readonly string[]>> {
  const disk = await findWholeDisk(tools.platform, own.disk)
  if (!disk.ok) return disk
  if (partitionOf(disk.value, own.partition) === null) return ok([])
  return fail('read-back-differs', { what: own.partition, where: 'partition table' })
}

async function obstacleTo(
  tools: StepTools,
  own: OwnPartition,
  partition: Partition,
): Promise<Result<string | null>> {
  if (partition.start !== own.start || partition.size !== own.size)
    return ok('its place or size was changed meanwhile')
  // What a cut left in a partition that this run made is nobody else's.
  if (tools.recovering || !isBootVolume(tools, own.partition)) return ok(null)
  if (!partition.volume.fileSystem.startsWith('fat')) return ok(null)
  const foreign = await foreignFiles(tools, own)
  if (!foreign.ok) return foreign
  const [first] = foreign.value
  return ok(first === undefined ? null : `it holds files that are not Berth's: ${first}`)
}

function isBootVolume(tools: StepTools, partition: PartitionId): boolean {
  return tools.manifest.plan.steps.some(
    (step) => step.kind === 'create-partition' && step.partition === partition && step.role === 'boot',
  )
}
