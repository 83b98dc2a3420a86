import { fail, ok } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { findPartition } from './lookup.ts'
import type { Nothing } from './shrink-volume.ts'

type Args = StepOf<'format-volume'>

/** Makes an empty FAT32 in a partition that this plan makes new, and in no other. */
export const formatVolume: Step<'format-volume', Nothing> = {
  kind: 'format-volume',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, fileSystem: args.fileSystem, label: args.label },
  }),
  async prepare(tools, args) {
    if (!madeByThisPlan(tools, args)) return fail('not-ours', { what: args.target.partition })
    const found = await findPartition(tools.platform, args.target)
    return found.ok ? ok(null) : found
  },
  apply: ({ platform }, args) =>
    platform.formatVolume(args.target.disk, args.target.partition, {
      label: args.label,
      volumeId: args.volumeId,
      overLeftovers: true,
    }),
  async verify({ platform }, args) {
    const found = await findPartition(platform, args.target)
    if (!found.ok) return found
    const { fileSystem, uuid } = found.value.partition.volume
    const digits = uuid.replaceAll('-', '').toLowerCase()
    if (fileSystem !== 'fat32' || digits !== args.volumeId)
      return fail('read-back-differs', {
        what: args.target.partition,
        where: 'file system',
        required: `fat32 ${args.volumeId}`,
        found: `${fileSystem} ${digits}`,
      })
    return ok([{ code: 'volume-formatted', facts: { partition: args.target.partition, fileSystem } }])
  },
  // The partition goes as a whole, with the step that made it.
  undo: async () => ok([]),
}

function madeByThisPlan(tools: StepTools, args: Args): boolean {
  return tools.manifest.plan.steps.some(
    (step) => step.kind === 'create-partition' && step.partition === args.target.partition,
  )
}
