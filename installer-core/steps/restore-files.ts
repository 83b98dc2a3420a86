import { z } from 'zod'
import { fromHex } from '../base/guid.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { manifestPath } from '../model/manifest.ts'
import type { Evidence } from '../model/report.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { encodeManifest, fileDigest, missingFolders, ownFolder } from './boot-files.ts'
import { digestOf, sourceOf } from './byte-sources.ts'
import { findPartition } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { openReleaseFile, putAside, removeIfThere, type FileJob } from './put-file.ts'
import { removeFolders, removeUnfinished } from './remove-files.ts'
import { perName } from './write-files.ts'

type Args = StepOf<'restore-files'>

const digestSchema = z.strictObject({ size: z.number(), sha256: z.string() }).readonly()

/** What lay under each name before, in the order of the jobs (null: nothing), and the folders that were not there. */
export const setAsideSchema = z.strictObject({
  had: z.array(digestSchema.nullable()).readonly(),
  folders: z.array(z.string()).readonly(),
})
export type SetAside = z.infer<typeof setAsideSchema>

/**
 * Writes Berth's own files anew where they are missing or are not what was written. What lies under such a name is set
 * aside first and goes only when the run has ended, so that taking back gives exactly that back. Never touches a name
 * that is not in the ownership manifest.
 */
export const restoreFiles: Step<'restore-files', SetAside> = {
  kind: 'restore-files',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, release: args.release, size: args.totalBytes },
  }),
  async prepare(tools, args) {
    const found = await findPartition(tools.platform, args.target)
    return found.ok ? onBootVolume(tools, args.target, (tree) => lookBefore(tools, tree, args)) : found
  },
  apply: (tools, args) => onBootVolume(tools, args.target, (tree) => writeAll(tools, tree, args)),
  verify: (tools, args) => onBootVolume(tools, args.target, (tree) => verifyAll(tools, tree, args)),
  undo: (tools, args, record) =>
    record === null
      ? Promise.resolve(ok(['the repaired files (the record of what they replaced is lost)']))
      : onBootVolume(tools, args.target, (tree) => takeBack(tools, tree, args, record)),
  settle: (tools, args) =>
    onBootVolume(tools, args.target, async (tree) => {
      const removed = await removeUnfinished(tree)
      return removed.ok ? tree.sync() : removed
    }),
}

/** What is written, in one order everywhere: the manifest first, so that whatever follows has an owner. */
function jobsOf(
  tools: StepTools,
  args: Args,
  seen: (length: number) => void = () => undefined,
): readonly FileJob[] {
  const manifest = encodeManifest(tools.manifest)
  return [
    ...(args.manifest ? [{ path: manifestPath, open: async () => ok(sourceOf(manifest)) }] : []),
    ...args.markers.map(({ path, data }) => ({ path, open: async () => ok(sourceOf(fromHex(data))) })),
    ...args.files.map((file) => ({ path: file.path, open: () => openReleaseFile(tools, file, seen) })),
  ]
}

const newName = (index: number) => `${ownFolder}/new-${index}.tmp`
const oldName = (index: number) => `${ownFolder}/old-${index}.tmp`

async function lookBefore(tools: StepTools, tree: FileTree, args: Args): Promise<Result<SetAside>> {
  const had: (z.infer<typeof digestSchema> | null)[] = []
  const folders: string[] = []
  const jobs = jobsOf(tools, args)
  for (const { path } of [...jobs, { path: newName(0) }]) {
    const missing = await missingFolders(tree, path, folders)
    if (!missing.ok) return missing
  }
  for (const { path } of jobs) {
    const found = await fileDigest(tools, tree, path)
    if (!found.ok) return found
    had.push(found.value)
  }
  const free = await tree.free()
  if (!free.ok) return free
  const manifest = args.manifest ? encodeManifest(tools.manifest).length : 0
  const required = args.totalBytes + manifest + (2 * jobs.length + folders.length) * perName
  if (free.value < required)
    return fail('no-space', { what: args.target.partition, required, found: free.value })
  return ok({ had, folders })
}

/** Everything new is durable under its temporary name before the first old file moves. */
async function writeAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<void>> {
  const folders: string[] = []
  let written = 0
  const jobs = jobsOf(tools, args, (length) => tools.progress((written += length), args.totalBytes))
  for (const { path } of [...jobs, { path: newName(0) }]) {
    const missing = await missingFolders(tree, path, folders)
    if (!missing.ok) return missing
  }
  for (const folder of folders) {
    const made = await tree.makeFolder(folder)
    if (!made.ok) return made
  }
  const cleared = await removeUnfinished(tree)
  if (!cleared.ok) return cleared
  for (const [index, job] of jobs.entries()) {
    const aside = await putAside(tree, newName(index), job)
    if (!aside.ok) return aside
  }
  for (const [index, { path }] of jobs.entries()) {
    const put = await exchange(tree, path, index)
    if (!put.ok) return put
  }
  return done
}

async function exchange(tree: FileTree, path: string, index: number): Promise<Result<void>> {
  const there = await tree.stat(path)
  if (!there.ok) return there
  if (there.value !== null) {
    const aside = await tree.rename(path, oldName(index))
    if (!aside.ok) return aside
  }
  const renamed = await tree.rename(newName(index), path)
  return renamed.ok ? tree.sync() : renamed
}

async function verifyAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<readonly Evidence[]>> {
  const evidence: Evidence[] = []
  for (const job of jobsOf(tools, args)) {
    const required = await wantedDigest(tools, args, job)
    if (!required.ok) return required
    const found = await fileDigest(tools, tree, job.path)
    if (!found.ok) return found
    const { size, sha256 } = required.value
    if (found.value?.size !== size || found.value.sha256 !== sha256)
      return fail('read-back-differs', { what: job.path, where: args.target.partition })
    if (job.path === manifestPath) evidence.push({ code: 'manifest-there', facts: { path: job.path } })
    else if (args.files.some((file) => file.path === job.path))
      evidence.push({ code: 'file-there', facts: { path: job.path, size, sha256 } })
  }
  return ok(evidence)
}

/** What a file has to be: of a release's file what was signed, of anything else what is in the plan. */
async function wantedDigest(
  tools: StepTools,
  args: Args,
  { path, open }: FileJob,
): Promise<Result<{ readonly size: number; readonly sha256: string }>> {
  const file = args.files.find((one) => one.path === path)
  if (file !== undefined) return ok(file)
  const source = await open()
  return source.ok ? digestOf(source.value, tools) : source
}

async function takeBack(
  tools: StepTools,
  tree: FileTree,
  args: Args,
  record: SetAside,
): Promise<Result<readonly string[]>> {
  for (const [index, { path }] of [...jobsOf(tools, args).entries()].reverse()) {
    const back = await giveBack(tools, tree, { path, index, had: record.had[index] ?? null })
    if (!back.ok) return back
  }
  for (const last of [() => removeUnfinished(tree), () => tree.sync()]) {
    const result = await last()
    if (!result.ok) return result
  }
  const left: string[] = []
  const folders = await removeFolders(tree, record.folders, left)
  if (!folders.ok) return folders
  const synced = await tree.sync()
  return synced.ok ? ok(left) : synced
}

/** The old file comes back by its name; where there was none, the new one goes. */
async function giveBack(
  tools: StepTools,
  tree: FileTree,
  {
    path,
    index,
    had,
  }: { readonly path: string; readonly index: number; readonly had: SetAside['had'][number] },
): Promise<Result<void>> {
  if (had === null) return removeIfThere(tree, path)
  const aside = await fileDigest(tools, tree, oldName(index))
  if (!aside.ok) return aside
  // Anything else under that name is an earlier run's.
  if (aside.value?.sha256 !== had.sha256) return done
  const removed = await removeIfThere(tree, path)
  if (!removed.ok) return removed
  const renamed = await tree.rename(oldName(index), path)
  return renamed.ok ? tree.sync() : renamed
}
