import type { ListedRelease } from '../api/methods/plan-methods.ts'
import { toWireFailure } from '../api/answer.ts'
import { bytes } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseSource } from '../ports/release-source.ts'
import type { Locale } from '../text/locale.ts'

/** Every release of a source; one that cannot be opened stays in the list with the reason. */
export async function listReleases(
  source: ReleaseSource,
  locale: Locale,
): Promise<Result<readonly ListedRelease[]>> {
  const ids = await source.list()
  if (!ids.ok) return ids
  const listed: ListedRelease[] = []
  for (const id of ids.value) listed.push(await describeRelease(source, id, locale))
  return ok(listed)
}

async function describeRelease(source: ReleaseSource, id: ReleaseId, locale: Locale): Promise<ListedRelease> {
  const open = await source.open(id)
  if (!open.ok) {
    const failure = toWireFailure(open.failure, locale)
    return { id, manifest: null, sha256: null, signer: null, size: bytes(0), failure }
  }
  const { manifest, sha256, signer } = open.value
  const size = bytes(manifest.files.reduce((sum, file) => sum + file.size, 0))
  return { id, manifest, sha256, signer, size, failure: null }
}
