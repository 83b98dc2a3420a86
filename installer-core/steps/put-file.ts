import { done, fail, ok, type Result } from '../base/result.ts'
import type { ReleaseFile } from '../model/release.ts'
import type { ByteSource } from '../ports/byte-source.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { watched } from './byte-sources.ts'

/** Something to write: where to, and where its bytes come from. */
export interface FileJob {
  readonly path: string
  readonly open: () => Promise<Result<ByteSource>>
}

/** A file of the release, counted while it is read. */
export async function openReleaseFile(
  tools: StepTools,
  file: ReleaseFile,
  seen: (length: number) => void,
): Promise<Result<ByteSource>> {
  if (tools.release === null) return fail('release-not-found', { what: file.source })
  const source = await tools.release.openFile(file)
  return source.ok ? ok(watched(source.value, tools, seen)) : source
}

/** Writes a file under a temporary name and makes it durable. */
export async function putAside(tree: FileTree, temporary: string, job: FileJob): Promise<Result<void>> {
  const source = await job.open()
  if (!source.ok) return source
  const created = await tree.create(temporary, source.value)
  await source.value.close()
  return created.ok ? tree.sync() : created
}

/** Temporary name, durable, final name, durable. */
export async function putFile(tree: FileTree, temporary: string, job: FileJob): Promise<Result<void>> {
  const aside = await putAside(tree, temporary, job)
  if (!aside.ok) return aside
  const renamed = await tree.rename(temporary, job.path)
  return renamed.ok ? tree.sync() : renamed
}

/** Writes zeros over a file where there is one, and removes it. */
export async function eraseIfThere(tree: FileTree, path: string): Promise<Result<void>> {
  const there = await tree.stat(path)
  if (!there.ok || there.value === null) return there.ok ? done : there
  const erased = await tree.erase(path)
  if (!erased.ok) return erased
  // Zeros first, on the disk: a file that is forgotten can no longer be found to be erased.
  const synced = await tree.sync()
  return synced.ok ? tree.remove(path) : synced
}

/** Removes a file where there is one. */
export async function removeIfThere(tree: FileTree, path: string): Promise<Result<void>> {
  const there = await tree.stat(path)
  if (!there.ok) return there
  return there.value === null ? done : tree.remove(path)
}
