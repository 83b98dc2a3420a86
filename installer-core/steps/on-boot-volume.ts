import type { Result } from '../base/result.ts'
import type { PartitionIdentity } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'

/** Opens a boot volume, does `work` on it and lets go of it; a volume that cannot be let go of is a failure too. */
export async function onBootVolume<T>(
  { platform }: { readonly platform: Pick<Platform, 'openBootVolume'> },
  target: Pick<PartitionIdentity, 'disk' | 'partition'>,
  work: (tree: FileTree) => Promise<Result<T>>,
): Promise<Result<T>> {
  const tree = await platform.openBootVolume(target.disk, target.partition)
  if (!tree.ok) return tree
  const result = await work(tree.value)
  const closed = await tree.value.close()
  return result.ok && !closed.ok ? closed : result
}
