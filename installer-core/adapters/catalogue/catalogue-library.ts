import { fail, ok, type Result } from '../../base/result.ts'
import type { Catalogue, CatalogueRelease } from '../../model/catalogue.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import type { Clock } from '../../ports/clock.ts'
import { nodeClock } from '../node-clock.ts'
import { loadAnchors, type CatalogueAnchor } from './catalogue-anchors.ts'
import { catalogueFolder, type CatalogueFolder } from './catalogue-folder.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { openCatalogueSource } from './open-catalogue-source.ts'
import { findSticks } from './find-sticks.ts'
import { fetchDocuments, type Supply } from './open-catalogue-release.ts'
import { refreshCatalogue } from './refresh-catalogue.ts'

/** A catalogue that may be used, and where its releases come from. */
export interface UsableCatalogue {
  readonly anchor: CatalogueAnchor
  readonly catalogue: Catalogue
  readonly sources: readonly string[]
  /** When it was fetched; null when it was only looked at. */
  readonly fetched: string | null
  readonly supply: Supply
}

export interface LibraryOptions {
  readonly folder?: CatalogueFolder
  readonly anchors?: readonly CatalogueAnchor[]
  readonly clock?: Clock
}

/** The catalogues of this computer: fetched from sources, remembered, used without them. */
export class CatalogueLibrary {
  readonly folder: CatalogueFolder
  readonly #anchors: readonly CatalogueAnchor[]
  readonly #clock: Clock

  constructor({
    folder = catalogueFolder(),
    anchors = loadAnchors(),
    clock = nodeClock,
  }: LibraryOptions = {}) {
    this.folder = folder
    this.#anchors = anchors
    this.#clock = clock
  }

  /** The catalogues that are remembered. `catalogue-expired` and the like when one may not be used any more. */
  remembered(): Result<readonly UsableCatalogue[]> {
    const found: UsableCatalogue[] = []
    for (const anchor of this.#anchors) {
      const kept = this.folder.memoryOf(anchor.root.root).catalogue(anchor.root, this.#clock.now())
      if (!kept.ok) return kept
      if (kept.value === null) continue
      const { catalogue, sources } = kept.value
      found.push(this.#usable(anchor, catalogue, sources?.sources ?? [], sources?.fetched ?? null))
    }
    return ok(found)
  }

  /** Where catalogues were fetched from before, without repetition. */
  rememberedSources(): readonly string[] {
    const all = this.#anchors.flatMap(({ root }) => this.folder.memoryOf(root.root).sources()?.sources ?? [])
    return [...new Set(all)]
  }

  /**
   * Asks the sources in turn until one has a catalogue that can be believed; the others serve as mirrors. `usb` stands for
   * every stick that holds one. With `keep` it is remembered, with the documents of its releases.
   */
  async fetch(names: readonly string[], keep: boolean): Promise<Result<UsableCatalogue>> {
    const sources = this.#open(names)
    if (!sources.ok) return sources
    let refusal: Result<never> | null = null
    const known = sources.value.map(({ name }) => name)
    for (const source of sources.value) {
      const now = this.#clock.now()
      const refreshed = await refreshCatalogue(source, this.#anchors, (root) => this.folder.memoryOf(root), {
        now,
        keep,
        sources: [source.name, ...known.filter((name) => name !== source.name)],
      })
      source.close()
      if (!refreshed.ok) {
        // What was refused says more than what could not be reached.
        if (refusal === null || refusal.ok || isAbsence(refusal.failure.code)) refusal = refreshed
        continue
      }
      const { anchor, catalogue } = refreshed.value
      const usable = this.#usable(anchor, catalogue, known, keep ? now : null)
      return keep ? withDocuments(usable) : ok(usable)
    }
    return refusal ?? fail('catalogue-not-found')
  }

  /** A release of one of these catalogues. */
  find(
    catalogues: readonly UsableCatalogue[],
    id: string,
  ): Result<{ readonly from: UsableCatalogue; readonly release: CatalogueRelease }> {
    for (const from of catalogues) {
      const release = from.catalogue.releases.find((one) => one.id === (id as ReleaseId))
      if (release !== undefined) return ok({ from, release })
    }
    return fail('release-not-found', { what: id })
  }

  #usable(
    anchor: CatalogueAnchor,
    catalogue: Catalogue,
    sources: readonly string[],
    fetched: string | null,
  ): UsableCatalogue {
    const supply = { store: this.folder.store, sources: () => openAll(sources) }
    return { anchor, catalogue, sources, fetched, supply }
  }

  #open(names: readonly string[]): Result<readonly CatalogueSource[]> {
    const wanted = names.flatMap((name) => (name === 'usb' ? findSticks() : [name]))
    if (wanted.length === 0) return fail('catalogue-not-found', { where: names.join(', ') })
    const opened: CatalogueSource[] = []
    for (const name of wanted) {
      const source = openCatalogueSource(name)
      if (!source.ok) return source
      opened.push(source.value)
    }
    return ok(opened)
  }
}

async function withDocuments(usable: UsableCatalogue): Promise<Result<UsableCatalogue>> {
  for (const release of usable.catalogue.releases) {
    const fetched = await fetchDocuments(release, usable.supply)
    if (!fetched.ok) return fetched
  }
  return ok(usable)
}

/** Sources by their names; one that is none any more is left out. */
export function openAll(names: readonly string[]): readonly CatalogueSource[] {
  return names.flatMap((name) => {
    const source = openCatalogueSource(name)
    return source.ok ? [source.value] : []
  })
}

function isAbsence(code: string): boolean {
  return code === 'source-unreachable' || code === 'catalogue-not-found'
}
