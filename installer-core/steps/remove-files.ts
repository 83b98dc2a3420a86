import { fromHex } from '../base/guid.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { manifestPath, leavingPath } from '../model/manifest.ts'
import type { StepOf } from '../model/plan.ts'
import { roomFile } from '../model/room.ts'
import { stageFolder } from '../model/stage.ts'
import type { FileEntry, FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { fileDigest, ownFolder, parseManifest, readText, type Made } from './boot-files.ts'
import { findDisk, partitionOf } from './lookup.ts'
import { onBootVolume } from './on-boot-volume.ts'

type Args = StepOf<'write-files'>

/**
 * Removes what a write-files step made: the files, the manifest last of all, then the folders that are empty. A file
 * whose content is no longer Berth's stays and is named; so does a folder that somebody else uses. `made` null: the
 * record is lost, then every planned file that still has its planned content is taken to be Berth's.
 */
export async function removeFiles(
  tools: StepTools,
  args: Args,
  made: Made | null,
): Promise<Result<readonly string[]>> {
  const disk = await findDisk(tools.platform, args.target.disk)
  if (!disk.ok) return disk
  const partition = partitionOf(disk.value, args.target.partition)
  if (partition === null || partition.start !== args.target.start) return ok([])
  // A cut while the volume was being made: the partition goes with the step that made it.
  if (tools.recovering && !partition.volume.fileSystem.startsWith('fat')) return ok([])
  const left = await onBootVolume(tools, args.target, (tree) => removeFrom(tools, tree, args, made))
  if (!left.ok) return left
  const gone = await onBootVolume(tools, args.target, (tree) => requireGone(tree, args, made, left.value))
  return gone.ok ? left : gone
}

/** Looks again, on the volume opened anew. */
async function requireGone(
  tree: FileTree,
  args: Args,
  made: Made | null,
  left: readonly string[],
): Promise<Result<void>> {
  const files = made?.files ?? [...args.files, ...args.markers].map((file) => file.path)
  for (const path of [...files, ...(made?.folders ?? [])]) {
    if (left.some((text) => text.startsWith(`file ${path} `) || text.startsWith(`folder ${path} `))) continue
    const there = await tree.stat(path)
    if (!there.ok) return there
    if (there.value === null || (await holdsRoom(tree, there.value, path))) continue
    return fail('read-back-differs', { what: path, where: args.target.partition })
  }
  return done
}

async function holdsRoom(tree: FileTree, { kind }: FileEntry, folder: string): Promise<boolean> {
  const entries = kind === 'folder' ? await tree.list(folder) : null
  return entries?.ok === true && entries.value.some(({ name }) => isOfRoom(`${folder}/${name}`))
}

function isOfRoom(path: string): boolean {
  return roomFile.test(path) || path.toLowerCase() === stageFolder.toLowerCase()
}

async function removeFrom(
  tools: StepTools,
  tree: FileTree,
  args: Args,
  made: Made | null,
): Promise<Result<readonly string[]>> {
  const left: string[] = []
  const planned = [...args.files, ...args.markers].map((file) => file.path)
  const own = planned.filter((path) => made === null || made.files.includes(path))
  for (const path of own) {
    const removed = await removeOwn(tools, tree, args, path, left)
    if (!removed.ok) return removed
  }
  for (const last of [
    () => removeUnfinished(tree),
    () => tree.sync(),
    () => removeManifest(tools, tree, left),
  ]) {
    const result = await last()
    if (!result.ok) return result
  }
  const folders = await removeFolders(tree, made?.folders ?? [], left)
  if (!folders.ok) return folders
  const synced = await tree.sync()
  return synced.ok ? ok(left) : synced
}

async function removeOwn(
  tools: StepTools,
  tree: FileTree,
  args: Args,
  path: string,
  left: string[],
): Promise<Result<void>> {
  const there = await tree.stat(path)
  if (!there.ok || there.value === null) return there.ok ? done : there
  // A run that did not finish saw that the name was free, so whatever lies there is its own.
  if (!tools.recovering) {
    const found = await fileDigest(tools, tree, path)
    // A file without readable content has nothing of anybody's in it; its name is Berth's by the manifest.
    const isUnreadable = !found.ok && found.failure.code === 'malformed'
    if (!found.ok && !isUnreadable) return found
    if (found.ok && found.value?.sha256 !== plannedDigest(tools, args, path)) {
      left.push(`file ${path} (its content is not Berth's any more)`)
      return done
    }
  }
  return tree.remove(path)
}

function plannedDigest(tools: StepTools, args: Args, path: string): string {
  const file = args.files.find((candidate) => candidate.path === path)
  if (file !== undefined) return file.sha256
  const hash = tools.hasher.sha256()
  hash.update(fromHex(args.markers.find((marker) => marker.path === path)?.data ?? ''))
  return hash.hex()
}

/** Removes what a run that did not end, or a start that was refused, left in Berth's own folder. */
export async function removeUnfinished(tree: FileTree): Promise<Result<void>> {
  const there = await tree.stat(ownFolder)
  if (!there.ok || there.value?.kind !== 'folder') return there.ok ? done : there
  const entries = await tree.list(ownFolder)
  if (!entries.ok) return entries
  for (const entry of entries.value) {
    const path = `${ownFolder}/${entry.name}`
    if (entry.kind !== 'file' || !leavingPath.test(path)) continue
    const removed = await tree.remove(path)
    if (!removed.ok) return removed
  }
  return done
}

/** The manifest goes when it is this installation's, or when nobody can read it any more. */
async function removeManifest(tools: StepTools, tree: FileTree, left: string[]): Promise<Result<void>> {
  const text = await readText(tree, manifestPath)
  if (!text.ok && text.failure.code !== 'malformed') return text
  if (text.ok && text.value === null) return done
  const manifest = parseManifest(text.ok ? (text.value ?? '') : '')
  if (manifest.ok && manifest.value.plan.fingerprint !== tools.manifest.plan.fingerprint) {
    left.push(`file ${manifestPath} (it belongs to another installation)`)
    return done
  }
  return tree.remove(manifestPath)
}

/** Removes folders that are empty, the innermost first, and names those that are not. */
export async function removeFolders(
  tree: FileTree,
  folders: readonly string[],
  left: string[],
): Promise<Result<void>> {
  for (const folder of [...folders].reverse()) {
    const there = await tree.stat(folder)
    if (!there.ok) return there
    if (there.value?.kind !== 'folder') continue
    const entries = await tree.list(folder)
    if (!entries.ok) return entries
    // What the offline stage left there goes with the room that it made.
    const others = entries.value.filter(({ name }) => !isOfRoom(`${folder}/${name}`))
    if (others.length > 0) left.push(`folder ${folder} (others have files in it)`)
    else if (entries.value.length === 0) {
      const removed = await tree.remove(folder)
      if (!removed.ok) return removed
    }
  }
  return done
}
