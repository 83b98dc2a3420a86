import { join } from 'node:path'
import { MiB } from '../../base/bytes.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import { makeCutTestRelease } from '../../system/testing/cut-test-release.ts'

/** Puts a small release among an engine's; its id. */
export async function releaseIn(folder: string, size = 2 * MiB): Promise<ReleaseId> {
  const id = 'cut-test-1.0.0-x86_64' as ReleaseId
  await makeCutTestRelease(join(folder, 'releases', id), { size })
  return id
}
