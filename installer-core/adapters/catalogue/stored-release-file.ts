import type { ReleaseId } from '../../model/primitives.ts'
import type { CatalogueAnchor } from './catalogue-anchors.ts'
import type { CatalogueFolder } from './catalogue-folder.ts'
import { findOffered } from './catalogue-release-source.ts'
import { nodeClock } from '../node-clock.ts'

/**
 * Where a file of an offered release lies or would lie in the store, its documents included; null when no catalogue that may
 * be used offers it. Chooses among catalogues as `catalogueReleaseSource` does, so that both speak of one release.
 */
export function storedReleaseFile(
  id: ReleaseId,
  file: string,
  folder: CatalogueFolder,
  anchors: readonly CatalogueAnchor[],
  now = nodeClock.now(),
): string | null {
  const found = findOffered(id, folder, anchors, now)
  if (!found.ok) return null
  const { manifest, signature, files } = found.value.release
  const documents = [
    { source: 'release.json', sha256: manifest.sha256 },
    { source: 'release.json.sig', sha256: signature.sha256 },
  ]
  const content = [...documents, ...files].find(({ source }) => source === file)
  return content === undefined ? null : folder.store.pathOf(content)
}
