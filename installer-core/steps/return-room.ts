import type { FailureCode } from '../base/failure-code.ts'
import { jsonIn } from '../base/json.ts'
import { done, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import { stageFolder, stageJobSchema, stageMarkSchema } from '../model/stage.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { readText } from './boot-files.ts'
import { growVolume } from './grow-volume.ts'
import { findWholeDisk, partitionOf } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { removeIfThere } from './put-file.ts'
import { removeEmptyRoomFolder, removeStageFiles } from './stage-files.ts'

type Args = StepOf<'return-room'>

/** Why a volume cannot have its room back now, but maybe later. */
const refusals: readonly FailureCode[] = [
  'busy',
  'read-only',
  'tool-failed',
  'tool-missing',
  'unsupported',
  'volume-dirty',
  'volume-locked',
]

/**
 * Gives a volume the room back that the offline stage made, then removes the record of it, and what that stage left. Room
 * that cannot be given back as things are stays room, with its record, and is named: it must not hold up the rest of an
 * undo, and can be asked for again. Can be repeated after a cut at any point.
 */
export async function returnRoom(tools: StepTools, args: Args): Promise<Result<readonly string[]>> {
  const grown = await growVolume(tools, args)
  if (!grown.ok) {
    const { code } = grown.failure
    const isRefused = refusals.includes(code) && (await isUntouched(tools, args))
    return isRefused ? ok([`the room behind volume ${args.target.partition} (${code})`]) : grown
  }
  if (grown.value.length > 0) return grown
  const { disk, partition } = args.record
  const removed = await onBootVolume(tools, { disk, partition }, (tree) => removeRecord(tree, args))
  return removed.ok ? ok([]) : removed
}

async function isUntouched({ platform }: StepTools, { target, from }: Args): Promise<boolean> {
  const disk = await findWholeDisk(platform, target.disk)
  return disk.ok && partitionOf(disk.value, target.partition)?.size === from
}

/** The record goes when nothing else is left to do. */
async function removeRecord(tree: FileTree, { target, record }: Args): Promise<Result<void>> {
  const ended = await isEndOf(tree, target.partition)
  if (!ended.ok) return ended
  const stage = ended.value ? await removeStageFiles(tree) : done
  const synced = stage.ok ? await tree.sync() : stage
  const removed = synced.ok ? await removeIfThere(tree, record.path) : synced
  const tidied = removed.ok ? await removeEmptyRoomFolder(tree) : removed
  return tidied.ok ? tree.sync() : tidied
}

/** True when what lies in the stage's folder is a job on this partition that is done, and that nobody needs any more. */
async function isEndOf(tree: FileTree, partition: string): Promise<Result<boolean>> {
  const [job, mark] = [
    await readText(tree, `${stageFolder}/job.json`),
    await readText(tree, `${stageFolder}/mark`),
  ]
  if (!job.ok) return job
  if (!mark.ok) return mark
  const known = stageJobSchema.safeParse(jsonIn(job.value ?? ''))
  const phase = stageMarkSchema.safeParse(jsonIn(mark.value ?? ''))
  return ok(known.data?.partition === partition && phase.data?.phase === 'done')
}
