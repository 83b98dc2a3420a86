import { z } from 'zod'
import { fromHex } from '../base/guid.ts'
import { canonicalJson } from '../base/json.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { manifestPath, type OwnershipManifest } from '../model/manifest.ts'
import type { StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Step, StepTools } from '../ports/step.ts'
import {
  encodeManifest,
  fileDigest,
  holdsExactly,
  ownFolder,
  parseManifest,
  readText,
  toBeMade,
  type Made,
} from './boot-files.ts'
import { sourceOf } from './byte-sources.ts'
import { findPartition } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { openReleaseFile, putFile, type FileJob } from './put-file.ts'
import { removeFiles } from './remove-files.ts'

type Args = StepOf<'write-files'>

/** What was not there before. */
export const madeSchema = z.strictObject({
  files: z.array(z.string()).readonly(),
  folders: z.array(z.string()).readonly(),
})

/** Room a new name takes in the file system at most, beyond its bytes. */
export const perName = 4096

/**
 * Puts the release on a boot volume: first the ownership manifest, then markers and files, each under a temporary name,
 * made durable, then renamed. Never writes over anything. Reading back and hashing is what `verify` does.
 */
export const writeFiles: Step<'write-files', Made> = {
  kind: 'write-files',
  describe: (args) => ({
    code: args.kind,
    facts: { partition: args.target.partition, release: args.release, size: args.totalBytes },
  }),
  async prepare(tools, args) {
    const found = await findPartition(tools.platform, args.target)
    if (!found.ok) return found
    return onBootVolume(tools, args.target, async (tree) => {
      const made = await toBeMade(tools, tree, args)
      if (!made.ok) return made
      const room = await requireRoom(tree, tools, args, made.value)
      return room.ok ? made : room
    })
  },
  apply: (tools, args) => onBootVolume(tools, args.target, (tree) => writeAll(tools, tree, args)),
  verify: (tools, args) => onBootVolume(tools, args.target, (tree) => verifyAll(tools, tree, args)),
  undo: (tools, args, record) => {
    const made = record ?? tools.manifest.made ?? null
    return removeFiles(tools, args, made)
  },
}

/** The manifest as it is written: with what this step makes. */
function ownManifest(tools: StepTools, made: Made): OwnershipManifest {
  return { ...tools.manifest, made: { files: [...made.files], folders: [...made.folders] } }
}

async function requireRoom(tree: FileTree, tools: StepTools, args: Args, made: Made): Promise<Result<void>> {
  const free = await tree.free()
  if (!free.ok) return free
  const names = made.files.length + made.folders.length
  const required = args.totalBytes + encodeManifest(ownManifest(tools, made)).length + names * perName
  if (free.value >= required) return done
  return fail('no-space', { what: args.target.partition, required, found: free.value })
}

async function writeAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<void>> {
  const made = await toBeMade(tools, tree, args)
  if (!made.ok) return made
  for (const folder of made.value.folders) {
    const there = await tree.makeFolder(folder)
    if (!there.ok) return there
  }
  const manifest = encodeManifest(ownManifest(tools, made.value))
  let written = 0
  const seen = (length: number) => tools.progress((written += length), args.totalBytes)
  const jobs: readonly FileJob[] = [
    { path: manifestPath, open: async () => ok(sourceOf(manifest)) },
    ...args.markers.map(({ path, data }) => ({ path, open: async () => ok(sourceOf(fromHex(data))) })),
    ...args.files.map((file) => ({ path: file.path, open: () => openReleaseFile(tools, file, seen) })),
  ]
  for (const [index, job] of jobs.entries()) {
    if (!made.value.files.includes(job.path)) continue
    const put = await putFile(tree, `${ownFolder}/new-${index}.tmp`, job)
    if (!put.ok) return put
  }
  return done
}

async function verifyAll(tools: StepTools, tree: FileTree, args: Args): Promise<Result<readonly Evidence[]>> {
  const evidence: Evidence[] = []
  for (const file of args.files) {
    const found = await fileDigest(tools, tree, file.path)
    if (!found.ok) return found
    if (found.value?.size !== file.size || found.value.sha256 !== file.sha256)
      return fail('read-back-differs', { what: file.path, where: args.target.partition })
    evidence.push({ code: 'file-there', facts: { path: file.path, size: file.size, sha256: file.sha256 } })
  }
  for (const marker of args.markers)
    if (!(await holdsExactly(tools, tree, marker.path, fromHex(marker.data))))
      return fail('read-back-differs', { what: marker.path, where: args.target.partition })
  const text = await readText(tree, manifestPath)
  if (!text.ok) return text
  const manifest = parseManifest(text.value ?? '')
  if (!manifest.ok || !isSameInstallation(manifest.value, tools.manifest))
    return fail('read-back-differs', { what: manifestPath, where: args.target.partition })
  return ok([...evidence, { code: 'manifest-there', facts: { path: manifestPath } }])
}

/** Equal but for what was found to be made, which only the one on the volume tells. */
function isSameInstallation(a: OwnershipManifest, b: OwnershipManifest): boolean {
  return canonicalJson({ ...a, made: null }) === canonicalJson({ ...b, made: null })
}
