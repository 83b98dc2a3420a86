import { done, fail, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { fileDigest, ownFolder } from './boot-files.ts'
import { sourceOf } from './byte-sources.ts'
import { findDisk, findPartition, partitionOf } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { eraseIfThere, putFile } from './put-file.ts'

type Args = StepOf<'write-credentials'>

/** Room a new name takes in the file system at most, beyond its bytes. */
const perName = 4096
/** An unfinished file of this step, apart from those of write-files. */
const temporary = (index: number) => `${ownFolder}/new-${9000 + index}.tmp`

/**
 * Puts what the new system is to know at its first start on the boot volume. The folder was made by write-files, which also
 * takes it away. The texts come from memory alone; everywhere else they are hashes.
 */
export const writeCredentials: Step<'write-credentials', null> = {
  kind: 'write-credentials',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, count: args.files.length },
  }),
  async prepare(tools, args) {
    const found = await findPartition(tools.platform, args.target)
    if (!found.ok) return found
    return onBootVolume(tools, args.target, (tree) => requirePlace(tools, tree, args))
  },
  apply: (tools, args) => onBootVolume(tools, args.target, (tree) => writeAll(tools, tree, args)),
  verify: (tools, args) => onBootVolume(tools, args.target, (tree) => verifyAll(tools, tree, args)),
  undo: (tools, args) =>
    removeCredentials(
      tools,
      args.target,
      args.files.map(({ path }) => path),
    ),
}

/**
 * Removes credentials and what a cut left of them, zeros written over their bytes. The new system uses them up and erases them at its first start, so what is gone is fine, and so is
 * what it has written zeros over: the names are Berth's own, and no secret may stay.
 */
export async function removeCredentials(
  tools: StepTools,
  target: Args['target'],
  paths: readonly string[],
): Promise<Result<readonly string[]>> {
  const disk = await findDisk(tools.platform, target.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, target.partition)
  if (partition === null || partition.start !== target.start) return ok([])
  // A cut while the volume was being made: the partition goes with the step that made it.
  if (tools.recovering && !partition.volume.fileSystem.startsWith('fat')) return ok([])
  return onBootVolume(tools, target, async (tree) => {
    for (const path of [...paths, ...paths.map((_, index) => temporary(index))]) {
      const erased = await eraseIfThere(tree, path)
      if (!erased.ok) return erased
    }
    const synced = await tree.sync()
    return synced.ok ? ok([]) : synced
  })
}

async function requirePlace(tools: StepTools, tree: FileTree, args: Args): Promise<Result<null>> {
  let required = 0
  for (const { path, sha256 } of args.files) {
    const text = tools.credentials?.get(path)
    if (text === undefined) return fail('not-found', { what: path })
    const data = new TextEncoder().encode(text)
    if (digest(tools, data) !== sha256) return fail('identity-changed', { what: path })
    const there = await tree.stat(path)
    if (!there.ok) return there
    if (there.value !== null) return fail('already-exists', { what: path, where: args.target.partition })
    required += data.length + perName
  }
  const free = await tree.free()
  if (!free.ok) return free
  return free.value >= required
    ? ok(null)
    : fail('no-space', { what: args.target.partition, required, found: free.value })
}

async function writeAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<void>> {
  for (const [index, { path }] of args.files.entries()) {
    const there = await tree.stat(path)
    if (!there.ok) return there
    if (there.value !== null) continue
    const text = tools.credentials?.get(path)
    if (text === undefined) return fail('not-found', { what: path })
    const data = new TextEncoder().encode(text)
    const open = async () => ok(sourceOf(data))
    const put = await putFile(tree, temporary(index), { path, open })
    if (!put.ok) return put
  }
  return done
}

async function verifyAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<readonly Evidence[]>> {
  for (const { path, sha256 } of args.files) {
    const found = await fileDigest(tools, tree, path)
    if (!found.ok) return found
    if (found.value?.sha256 !== sha256)
      return fail('read-back-differs', { what: path, where: args.target.partition })
  }
  return ok(args.files.map(({ path }) => ({ code: 'credential-there', facts: { what: path } })))
}

function digest(tools: StepTools, data: Uint8Array): string {
  const hash = tools.hasher.sha256()
  hash.update(data)
  return hash.hex()
}
