import { fail, ok, type Result } from '../base/result.ts'
import type { Bytes } from '../base/bytes.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { PartitionIdentity } from '../model/plan.ts'
import type { StepTools } from '../ports/step.ts'
import { findDisk, findWholeDisk, partitionOf } from './lookup.ts'

/** What is grown: the volume by identity, the size Berth gave it and the size it had. */
export interface Growth {
  readonly target: PartitionIdentity
  readonly from: Bytes
  readonly to: Bytes
}

/**
 * Gives a volume the size back that it had before Berth shrank it. Leaves it, and says so, when somebody else moved or
 * resized it meanwhile or put something into the room behind it. Also makes a shrink whole that was cut off half-way.
 */
export async function growVolume(tools: StepTools, growth: Growth): Promise<Result<readonly string[]>> {
  const disk = await findDisk(tools.platform, growth.target.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, growth.target.partition)
  const obstacle = obstacleTo(growth, disk.value, partition)
  if (obstacle !== null) return ok([`volume ${growth.target.partition} (${obstacle})`])
  const grown = await tools.platform.resizeVolume(growth.target.disk, growth.target.partition, growth.to)
  return grown.ok ? requireGrown(tools, growth) : grown
}

async function requireGrown(tools: StepTools, growth: Growth): Promise<Result<readonly string[]>> {
  const { disk: id, partition } = growth.target
  const disk = await findWholeDisk(tools.platform, id)
  if (!disk.ok) return disk
  const found = partitionOf(disk.value, partition)
  const inside = (found?.volume.size ?? 0) <= growth.to
  if (found?.size === growth.to && inside) return ok([])
  return fail('read-back-differs', {
    what: partition,
    where: 'size',
    required: growth.to,
    found: found?.size ?? null,
  })
}

function obstacleTo(growth: Growth, disk: Disk, partition: Partition | null): string | null {
  if (partition === null) return 'it is gone'
  if (partition.start !== growth.target.start) return 'it was moved meanwhile'
  if (partition.size !== growth.from && partition.size !== growth.to) return 'it was resized meanwhile'
  const end = partition.start + growth.to / disk.sectorSize
  const behind = disk.partitions.find((other) => other.start > partition.start && other.start < end)
  return behind === undefined ? null : `partition ${behind.id} now lies behind it`
}
