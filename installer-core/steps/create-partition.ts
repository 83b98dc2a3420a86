import { bytes, MiB } from '../base/bytes.ts'
import { parseGuid } from '../base/guid.ts'
import { fail, done, ok, type Result } from '../base/result.ts'
import type { Disk } from '../model/disk.ts'
import type { StepOf } from '../model/plan.ts'
import type { PartitionEdit, Platform } from '../ports/platform.ts'
import type { Step } from '../ports/step.ts'
import { findDisk, findWholeDisk, partitionOf } from './lookup.ts'
import { removePartition } from './remove-partition.ts'
import type { Nothing } from './shrink-volume.ts'

type Args = StepOf<'create-partition'>

/** Adds one partition in a free slot and free room; every other slot stays as it is. */
export const createPartition: Step<'create-partition', Nothing> = {
  kind: 'create-partition',
  describe: (args) => ({
    code: args.kind,
    facts: { disk: args.disk, partition: args.partition, role: args.role, size: args.size },
  }),
  async prepare({ platform }, args) {
    const disk = await findDisk(platform, args.disk)
    if (!disk.ok) return disk
    const free = requireRoom(disk.value, args)
    return free.ok ? ok(null) : free
  },
  async apply({ platform }, args) {
    const disk = await findDisk(platform, args.disk)
    if (!disk.ok) return disk
    const free = requireRoom(disk.value, args)
    if (!free.ok) return free
    const wiped = args.role === 'data' ? await wipeEnds(platform, args) : done
    if (!wiped.ok) return wiped
    const edit = addition(args)
    return edit.ok ? platform.editPartitions(args.disk, disk.value.tableDigest, [edit.value]) : edit
  },
  async verify({ platform }, args) {
    const disk = await findWholeDisk(platform, args.disk)
    if (!disk.ok) return disk
    const found = partitionOf(disk.value, args.partition)
    const same =
      found?.start === args.start &&
      found.blocks === args.blocks &&
      found.slot === args.slot &&
      found.typeGuid === args.typeGuid
    if (!same) return fail('read-back-differs', { what: args.partition, where: 'partition table' })
    return ok([
      {
        code: 'partition-there',
        facts: { partition: args.partition, start: args.start, size: args.size, slot: args.slot },
      },
    ])
  },
  undo: (tools, args) => removePartition(tools, args),
}

/** Superblocks lie within this much of a volume's ends. */
const signatureReach = 1 * MiB

/**
 * A data partition is formatted by its own system, and only when it is empty: what an earlier file system left in this
 * free room goes before the partition is there.
 */
async function wipeEnds(platform: Platform, args: Args): Promise<Result<void>> {
  const device = await platform.openDisk(args.disk, 'write')
  if (!device.ok) return device
  const sector = args.size / args.blocks
  const length = Math.min(signatureReach, args.size)
  const zeros = new Uint8Array(length)
  const first = args.start * sector
  const writes = [
    () => device.value.write(bytes(first), zeros),
    () => device.value.write(bytes(first + args.size - length), zeros),
    () => device.value.flush(),
  ]
  let result: Result<void> = done
  for (const write of writes) if (result.ok) result = await write()
  const closed = await device.value.close()
  return result.ok ? closed : result
}

function addition(args: Args): Result<PartitionEdit> {
  const guid = parseGuid(args.partition)
  if (guid === null) return fail('unknown-partition', { what: args.partition })
  const { slot, typeGuid, start, blocks, attributes, name } = args
  return ok({ kind: 'add', slot, guid, typeGuid, start, blocks, attributes, name })
}

/** Refuses unless the table takes this partition as planned: GPT, free slot, unused GUID, room between its neighbours. */
function requireRoom(disk: Disk, args: Args): Result<void> {
  const { table } = disk
  if (table.kind !== 'gpt') return fail('unsupported', { what: `partition table ${table.kind}` })
  const end = args.start + args.blocks - 1
  const taken = disk.partitions.find(
    (other) =>
      other.slot === args.slot ||
      other.id === args.partition ||
      (other.start <= end && args.start < other.start + other.blocks),
  )
  if (taken !== undefined) return fail('already-exists', { what: taken.id, where: args.disk })
  if (args.slot > table.slots || args.start < table.firstUsable || end > table.lastUsable)
    return fail('out-of-range', { what: args.partition, where: args.disk })
  return done
}
