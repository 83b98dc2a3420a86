import { fail, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { growVolume } from './grow-volume.ts'
import { findPartition, findWholeDisk, partitionOf } from './lookup.ts'

/** What undo needs beyond the arguments: nothing, the former size is among them. */
export type Nothing = null

/** Makes a volume and its partition smaller, the file system first. */
export const shrinkVolume: Step<'shrink-volume', Nothing> = {
  kind: 'shrink-volume',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, from: args.from, to: args.to, fileSystem: args.fileSystem },
  }),
  async prepare({ platform }, args) {
    const found = await findPartition(platform, args.target)
    if (!found.ok) return found
    const { fileSystem } = found.value.partition.volume
    if (fileSystem !== args.fileSystem) {
      return fail('identity-changed', {
        what: args.target.partition,
        required: args.fileSystem,
        found: fileSystem,
      })
    }
    const limit = await platform.shrinkLimit(args.target.disk, args.target.partition)
    if (!limit.ok) return limit
    if (limit.value <= args.to) return ok(null)
    return fail('volume-shrink-limit', {
      what: args.target.partition,
      required: args.to,
      found: limit.value,
    })
  },
  apply: ({ platform }, args) => platform.resizeVolume(args.target.disk, args.target.partition, args.to),
  verify: verifyShrunk,
  undo: (tools, args) => growVolume(tools, { ...args, from: args.to, to: args.from }),
}

async function verifyShrunk({ platform }: StepTools, args: StepOf<'shrink-volume'>) {
  const disk = await findWholeDisk(platform, args.target.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, args.target.partition)
  const inside = (partition?.volume.size ?? 0) <= args.to
  if (partition?.size === args.to && partition.start === args.target.start && inside)
    return ok([{ code: 'volume-shrunk', facts: { partition: partition.id, size: partition.size } }])
  return differs(args, partition?.size ?? null)
}

function differs(args: StepOf<'shrink-volume'>, found: number | null): Result<never> {
  return fail('read-back-differs', { what: args.target.partition, where: 'size', required: args.to, found })
}
