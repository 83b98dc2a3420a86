import { fail, ok, type Result } from '../../base/result.ts'
import type { CatalogueRelease } from '../../model/catalogue.ts'
import type { KeyRing } from '../../model/key-ring.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ReleaseSource } from '../../ports/release-source.ts'
import { nodeClock } from '../node-clock.ts'
import { loadKeyRing } from '../release-folder/key-ring.ts'
import { loadAnchors, type CatalogueAnchor } from './catalogue-anchors.ts'
import { catalogueFolder, type CatalogueFolder } from './catalogue-folder.ts'
import { openAll } from './catalogue-library.ts'
import { openCatalogueRelease, type Supply } from './open-catalogue-release.ts'
import type { RememberedCatalogue } from './remembered-catalogue.ts'

export interface CatalogueReleaseOptions {
  readonly folder?: CatalogueFolder
  readonly anchors?: () => readonly CatalogueAnchor[]
  readonly ring?: KeyRing
  readonly clock?: Clock
}

/** A release of a remembered catalogue. */
export interface OfferedRelease {
  readonly release: CatalogueRelease
  readonly remembered: RememberedCatalogue
}

/**
 * The releases of the catalogues that are remembered, without asking their sources. Files that are not here are fetched when
 * they are read. A catalogue that has expired still says which releases it had; opening one is `catalogue-expired`.
 */
export function catalogueReleaseSource(options: CatalogueReleaseOptions = {}): ReleaseSource {
  const { folder = catalogueFolder(), ring, clock = nodeClock } = options
  const anchors = options.anchors ?? loadAnchors
  return {
    list: async () =>
      ok([...new Set(anchors().flatMap(({ root }) => folder.memoryOf(root.root).releaseIds()))].sort()),
    open: async (id) => {
      const found = findOffered(id, folder, anchors(), clock.now())
      if (!found.ok) return found
      const { release, remembered } = found.value
      return openCatalogueRelease(release, ring ?? loadKeyRing(), supplyFrom(folder, remembered))
    },
  }
}

/** The release of this id in a remembered catalogue. `release-not-found`; `catalogue-expired` and the like. */
export function findOffered(
  id: ReleaseId,
  folder: CatalogueFolder,
  anchors: readonly CatalogueAnchor[],
  now: string,
): Result<OfferedRelease> {
  let refusal: Result<never> = fail('release-not-found', { what: id })
  for (const { root } of anchors) {
    const memory = folder.memoryOf(root.root)
    if (!memory.releaseIds().includes(id)) continue
    const remembered = memory.catalogue(root, now)
    if (!remembered.ok) refusal = remembered
    const release = remembered.ok
      ? remembered.value?.catalogue.releases.find((one) => one.id === id)
      : undefined
    if (remembered.ok && remembered.value !== null && release !== undefined)
      return ok({ release, remembered: remembered.value })
  }
  return refusal
}

/** The store, and the sources that the catalogue was fetched from. */
export function supplyFrom(folder: CatalogueFolder, { sources }: RememberedCatalogue): Supply {
  return {
    store: folder.store,
    sources: () => openAll(sources?.sources ?? []),
  }
}

/** Several sources as one: a release that is in more than one of them is taken from the first. */
export function joinedReleaseSource(...sources: readonly ReleaseSource[]): ReleaseSource {
  return {
    async list() {
      const ids: ReleaseId[] = []
      for (const source of sources) {
        const some = await source.list()
        if (!some.ok) return some
        ids.push(...some.value)
      }
      return ok([...new Set(ids)].sort())
    },
    async open(id) {
      let last = await sources[0]?.open(id)
      for (const source of sources.slice(1)) {
        if (last === undefined || (!last.ok && last.failure.code === 'release-not-found'))
          last = await source.open(id)
      }
      return last ?? fail('release-not-found', { what: id })
    },
  }
}
