import { jsonIn } from '../base/json.ts'
import { fail, malformed, ok, type Result } from '../base/result.ts'
import type { Place } from '../check/locate.ts'
import {
  stageFolder,
  stageJobSchema,
  stageMarkSchema,
  type StageJob,
  type StageMark,
} from '../model/stage.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import { removeEmptyRoomFolder, removeStageFiles } from '../steps/stage-files.ts'
import { leaveFirmware } from './stage-firmware.ts'

/** A stage that lies on a boot volume. */
export interface FoundStage {
  readonly job: StageJob
  readonly mark: StageMark
}

const textLimit = 65_536

/** The stage on this boot volume; null when there is none. One without a mark was cut while it was written. */
export async function findStage(
  platform: Platform,
  { disk, partition }: Place,
): Promise<Result<FoundStage | null>> {
  return withTree(platform, disk.id, partition.id, async (tree) => {
    const there = await tree.stat(`${stageFolder}/job.json`)
    if (!there.ok || there.value === null) return there.ok ? ok(null) : there
    const job = stageJobSchema.safeParse(await readJson(tree, 'job.json'))
    if (!job.success) return malformed('stage job', 'content', 0, 'a job', 'something else')
    const mark = stageMarkSchema.safeParse(await readJson(tree, 'mark'))
    return ok({ job: job.data, mark: mark.success ? mark.data : { phase: 'prepare', starts: 0 } })
  })
}

/**
 * Takes the stage out of the firmware, then its files away. Never while it is half-way (`run-open`): then it alone can
 * make the volume whole again.
 */
export async function clearStage(
  platform: Platform,
  { disk, partition }: Place,
  { job, mark }: FoundStage,
): Promise<Result<void>> {
  if (mark.phase === 'merge' || mark.phase === 'table') return fail('run-open', { what: mark.phase })
  const left = await leaveFirmware(platform.firmware, job)
  if (!left.ok) return left
  return withTree(platform, disk.id, partition.id, async (tree) => {
    const gone = await removeStageFiles(tree)
    const parent = gone.ok ? await removeEmptyRoomFolder(tree) : gone
    return parent.ok ? tree.sync() : parent
  })
}

async function readJson(tree: FileTree, name: string): Promise<unknown> {
  const source = await tree.openRead(`${stageFolder}/${name}`)
  if (!source.ok) return null
  let text = ''
  const decoder = new TextDecoder()
  while (text.length < textLimit) {
    const piece = await source.value.next()
    if (!piece.ok || piece.value === null) break
    text += decoder.decode(piece.value, { stream: true })
  }
  await source.value.close()
  return jsonIn(text)
}

async function withTree<T>(
  platform: Platform,
  disk: Place['disk']['id'],
  partition: Place['partition']['id'],
  work: (tree: FileTree) => Promise<Result<T>>,
): Promise<Result<T>> {
  const tree = await platform.openBootVolume(disk, partition)
  if (!tree.ok) return tree
  const result = await work(tree.value)
  const closed = await tree.value.close()
  return !result.ok || closed.ok ? result : closed
}
