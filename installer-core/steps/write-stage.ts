import { z } from 'zod'
import { bytes, MiB, type Bytes } from '../base/bytes.ts'
import { canonicalJson } from '../base/json.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import { stageFolder } from '../model/stage.ts'
import { stageSpare } from '../plan/make-room-plan.ts'
import type { ByteSource } from '../ports/byte-source.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { fileDigest, missingFolders } from './boot-files.ts'
import { sourceOf, watched } from './byte-sources.ts'
import { findPartition } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { openReleaseFile } from './put-file.ts'
import { removeFolders } from './remove-files.ts'
import {
  findStageOn,
  hasEnded,
  isStageOf,
  markText,
  readMark,
  refuseHalfWay,
  removeStageFiles,
} from './stage-files.ts'

type Args = StepOf<'write-stage'>

/** The folders that were not there before. */
export const stageMadeSchema = z.strictObject({ folders: z.array(z.string()).readonly() })
type StageMade = z.infer<typeof stageMadeSchema>

/**
 * Puts the offline stage, its job and the room it works in on a boot volume: the job first, by which everything else is
 * found. Nothing starts it yet. What an ended stage left there goes first; one that waits or is half-way is
 * `already-exists`.
 */
export const writeStage: Step<'write-stage', StageMade> = {
  kind: 'write-stage',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, release: args.job.release, size: args.totalBytes },
  }),
  async prepare(tools, args) {
    const { disk, partition, start, from } = args.job
    for (const identity of [args.target, { disk, partition, start, size: from }]) {
      const found = await findPartition(tools.platform, identity)
      if (!found.ok) return found
    }
    return onBootVolume(tools, args.target, (tree) => look(tree, args))
  },
  apply: (tools, args) => onBootVolume(tools, args.target, (tree) => writeAll(tools, tree, args)),
  verify: (tools, args) => onBootVolume(tools, args.target, (tree) => verifyAll(tools, tree, args)),
  undo: (tools, args, record) =>
    onBootVolume(tools, args.target, async (tree) => {
      const mark = await readMark(tree)
      const ended = mark.ok ? refuseHalfWay(mark.value) : mark
      if (!ended.ok) return ended
      return takeAway(tree, record?.folders ?? [])
    }),
}

async function look(tree: FileTree, args: Args): Promise<Result<StageMade>> {
  const former = await findStageOn(tree)
  if (!former.ok) return former
  if (former.value !== null && !hasEnded(former.value.mark))
    return fail('already-exists', { what: stageFolder })
  const folders: string[] = []
  const missing = await missingFolders(tree, `${stageFolder}/job.json`, folders)
  if (!missing.ok) return missing
  const free = await tree.free()
  if (!free.ok) return free
  const required = args.totalBytes + stageSpare
  if (free.value >= required) return ok({ folders })
  return fail('no-space', { where: args.target.partition, required, found: free.value })
}

interface StageFile {
  readonly name: string
  readonly open: () => Promise<Result<ByteSource>>
}

function filesOf(tools: StepTools, args: Args): readonly StageFile[] {
  let written = 0
  const seen = (length: number) => tools.progress((written += length), args.totalBytes)
  const text = (value: string) => sourceOf(new TextEncoder().encode(value))
  return [
    { name: 'job.json', open: async () => ok(text(jobText(args))) },
    { name: 'mark', open: async () => ok(text(markText({ phase: 'prepare', starts: 0 }))) },
    { name: 'store', open: async () => ok(watched(zeros(args.storeBytes), tools, seen)) },
    ...args.files.map((file) => ({
      name: nameOf(file.path),
      open: () => openReleaseFile(tools, file, seen),
    })),
  ]
}

function jobText({ job }: Args): string {
  return `${canonicalJson(job)}\n`
}

function nameOf(path: string): string {
  return path.slice(stageFolder.length + 1)
}

async function writeAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<void>> {
  const cleared = await removeStageFiles(tree)
  if (!cleared.ok) return cleared
  const folders: string[] = []
  const missing = await missingFolders(tree, `${stageFolder}/job.json`, folders)
  if (!missing.ok) return missing
  for (const folder of folders) {
    const made = await tree.makeFolder(folder)
    if (!made.ok) return made
  }
  for (const { name, open } of filesOf(tools, args)) {
    const source = await open()
    if (!source.ok) return source
    const created = await tree.create(`${stageFolder}/${name}`, source.value)
    await source.value.close()
    const kept = created.ok ? await tree.sync() : created
    if (!kept.ok) return kept
  }
  return done
}

/** A stage that has begun has proved that it was all there; what it needed no longer may be gone. */
async function verifyAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<readonly Evidence[]>> {
  const begun = await hasBegun(tree, args)
  if (!begun.ok) return begun
  if (begun.value) return ok([{ code: 'stage-begun', facts: { partition: args.job.partition } }])
  const store = await tree.stat(`${stageFolder}/store`)
  if (!store.ok) return store
  if (store.value?.size !== args.storeBytes) return differs(args, 'store')
  const evidence: Evidence[] = []
  for (const { path, size, sha256 } of args.files) {
    const found = await fileDigest(tools, tree, path)
    if (!found.ok) return found
    if (found.value?.size !== size || found.value.sha256 !== sha256) return differs(args, nameOf(path))
    evidence.push({ code: 'file-there', facts: { path, size, sha256 } })
  }
  return ok(evidence)
}

/** True when the stage was started: it has told so in its mark. `read-back-differs` when another job lies there. */
export async function hasBegun(tree: FileTree, args: Pick<Args, 'job' | 'target'>): Promise<Result<boolean>> {
  const found = await findStageOn(tree)
  if (!found.ok) return found
  if (found.value === null || !isStageOf(found.value, args.job)) return differs(args, 'job.json')
  const { phase, starts } = found.value.mark
  return ok(phase !== 'prepare' || starts > 0)
}

function differs({ target }: Pick<Args, 'target'>, name: string): Result<never> {
  return fail('read-back-differs', { what: `${stageFolder}/${name}`, where: target.partition })
}

async function takeAway(tree: FileTree, folders: readonly string[]): Promise<Result<readonly string[]>> {
  const removed = await removeStageFiles(tree)
  const left: string[] = []
  const tidied = removed.ok ? await removeFolders(tree, folders, left) : removed
  const kept = tidied.ok ? await tree.sync() : tidied
  return kept.ok ? ok(left) : kept
}

/** Written out, so that the room is there for certain. */
function zeros(size: Bytes): ByteSource {
  let left: number = size
  return {
    size,
    async next() {
      const piece = new Uint8Array(bytes(Math.min(left, MiB)))
      left -= piece.length
      return ok(piece.length === 0 ? null : piece)
    },
    close: async () => undefined,
  }
}
