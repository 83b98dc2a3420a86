import { ok, type Result } from '../base/result.ts'
import { isLitter } from '../model/litter.ts'
import { leavingPath } from '../model/manifest.ts'
import type { DiskId, PartitionId } from '../model/primitives.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { credentialPaths } from './boot-files.ts'

/** Folders below this depth are taken to hold somebody's files. */
const deepest = 8

/** Files on a boot volume that Berth made new which Berth did not put there; at most a handful are looked for. */
export async function foreignFiles(
  tools: StepTools,
  volume: { readonly disk: DiskId; readonly partition: PartitionId },
): Promise<Result<readonly string[]>> {
  const tree = await tools.platform.openBootVolume(volume.disk, volume.partition)
  if (!tree.ok) return tree
  const found: string[] = []
  const walked = await walk(tree.value, '/', ownPaths(tools), found, 0)
  await tree.value.close()
  return walked.ok ? ok(found) : walked
}

function ownPaths(tools: StepTools): ReadonlySet<string> {
  const made = tools.manifest.made?.files ?? []
  return new Set([...made, ...credentialPaths(tools.manifest)].map((path) => path.toLowerCase()))
}

async function walk(
  tree: FileTree,
  folder: string,
  own: ReadonlySet<string>,
  found: string[],
  depth: number,
): Promise<Result<void>> {
  const entries = await tree.list(folder)
  if (!entries.ok) return entries
  for (const entry of entries.value) {
    const path = `${folder === '/' ? '' : folder}/${entry.name}`
    if (found.length > 0) break
    if (isLitter(entry.name) || own.has(path.toLowerCase()) || leavingPath.test(path)) continue
    if (entry.kind === 'file' || depth >= deepest) found.push(path)
    else {
      const walked = await walk(tree, path, own, found, depth + 1)
      if (!walked.ok) return walked
    }
  }
  return ok(undefined)
}
