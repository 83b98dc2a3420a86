import { canonicalJson, jsonIn } from '../base/json.ts'
import { done, fail, malformed, ok, type Result } from '../base/result.ts'
import { roomFolder } from '../model/room.ts'
import {
  stageFolder,
  stageJobSchema,
  stageMarkSchema,
  type FoundStage,
  type StageJob,
  type StageMark,
} from '../model/stage.ts'
import type { FileTree } from '../ports/file-tree.ts'
import { readText } from './boot-files.ts'

/** Takes the offline stage's folder away, if it is there; the job in it last: by it the rest is found. */
export async function removeStageFiles(tree: FileTree): Promise<Result<void>> {
  const there = await tree.stat(stageFolder)
  if (!there.ok || there.value === null) return there.ok ? done : there
  const listed = await tree.list(stageFolder)
  if (!listed.ok) return listed
  const names = listed.value
    .map(({ name }) => name)
    .sort((a, b) => Number(a === 'job.json') - Number(b === 'job.json'))
  for (const name of names) {
    const removed = await tree.remove(`${stageFolder}/${name}`)
    if (!removed.ok) return removed
  }
  return tree.remove(stageFolder)
}

/** The folder of Berth's loaders is there for the stage and its records alone where nothing is installed. */
export async function removeEmptyRoomFolder(tree: FileTree): Promise<Result<void>> {
  const there = await tree.stat(roomFolder)
  if (!there.ok || there.value === null) return there.ok ? done : there
  const listed = await tree.list(roomFolder)
  if (!listed.ok) return listed
  return listed.value.length === 0 ? tree.remove(roomFolder) : done
}

/** The stage on this boot volume; null when there is none. One without a mark was cut while it was written. */
export async function findStageOn(tree: FileTree): Promise<Result<FoundStage | null>> {
  const text = await readText(tree, `${stageFolder}/job.json`)
  if (!text.ok || text.value === null) return text.ok ? ok(null) : text
  const job = stageJobSchema.safeParse(jsonIn(text.value))
  if (!job.success) return malformed('stage job', 'content', 0, 'a job', 'something else')
  const mark = await readMark(tree)
  return mark.ok ? ok({ job: job.data, mark: mark.value ?? { phase: 'prepare', starts: 0 } }) : mark
}

/** How far the stage is; null where there is no mark, or one that was cut while it was written for the first time. */
export async function readMark(tree: FileTree): Promise<Result<StageMark | null>> {
  const text = await readText(tree, `${stageFolder}/mark`)
  if (!text.ok || text.value === null) return text.ok ? ok(null) : text
  const mark = stageMarkSchema.safeParse(jsonIn(text.value))
  return ok(mark.success ? mark.data : null)
}

/** True when the stage that was found is there to do this job. */
export function isStageOf({ job }: FoundStage, wanted: StageJob): boolean {
  return canonicalJson(job) === canonicalJson(wanted)
}

/** `run-open` while the stage alone can make the volume whole again. */
export function refuseHalfWay(mark: StageMark | null): Result<void> {
  return mark !== null && isHalfWay(mark) ? fail('run-open', { what: mark.phase }) : done
}

/** True while the stage alone can make the volume whole again: it must not be taken away then. */
export function isHalfWay({ phase }: StageMark): boolean {
  return phase === 'merge' || phase === 'table'
}

/** True when nobody needs the stage any more. */
export function hasEnded({ phase }: StageMark): boolean {
  return phase === 'done' || phase === 'refused'
}

/** One sector of the smallest kind: a disk writes it whole or not at all. */
const markBytes = 512

/** What the file of a mark holds: always as long as a sector. */
export function markText(mark: StageMark): string {
  const text = `${JSON.stringify(mark).padEnd(markBytes - 1)}\n`
  if (text.length !== markBytes) throw new RangeError('a mark longer than a sector')
  return text
}
