import { fail, ok, type Result } from '../../base/result.ts'
import { parseCatalogueTimestamp } from '../../formats/catalogue/parse-catalogue.ts'
import type { Catalogue } from '../../model/catalogue.ts'
import type { Failure } from '../../base/failure.ts'
import type { CatalogueAnchor } from './catalogue-anchors.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import {
  afterRootChange,
  believeCatalogue,
  believeRoot,
  believeTimestamp,
  checkExpiry,
  type Believed,
} from './catalogue-trust.ts'
import type { CatalogueMemory } from './remembered-catalogue.ts'

const maxSmall = 256 * 1024
/** What `catalogue.json` may take. */
export const maxCatalogue = 16 * 1024 * 1024
/** Root documents that are followed in one go; TUF asks for a bound. */
const mostRoots = 256

/** A catalogue that was fetched and believed. */
export interface Refreshed {
  readonly anchor: CatalogueAnchor
  readonly catalogue: Catalogue
}

/**
 * Fetches the newest catalogue of a source: root documents one by one, `timestamp.json`, `catalogue.json`; each is believed
 * before the next one is asked for, and kept when `memoryOf` gives a memory. Nothing is kept of what is refused.
 * `catalogue-not-found`, `catalogue-key-unknown`, `catalogue-altered`, `catalogue-expired`, `catalogue-rolled-back`,
 * `malformed`, and the failures of sources.
 */
export async function refreshCatalogue(
  source: CatalogueSource,
  anchors: readonly CatalogueAnchor[],
  memoryOf: (root: string) => CatalogueMemory,
  {
    now,
    keep,
    sources,
  }: { readonly now: string; readonly keep: boolean; readonly sources: readonly string[] },
): Promise<Result<Refreshed>> {
  const found = await inSource(source, () => fetchStamp(source, anchors))
  if (!found.ok) return found
  const { anchor, data } = found.value
  const memory = memoryOf(anchor.root.root)
  return inSource(source, async () => {
    const believed = await followRoots(source, memory, memory.believed(anchor.root), { keep, now })
    if (!believed.ok) return believed
    const timestamp = believeTimestamp(believed.value, data, now)
    if (!timestamp.ok) return timestamp
    const kept = keep ? memory.keepTimestamp(data) : ok(undefined)
    if (!kept.ok) return kept
    const { size } = timestamp.value.catalogue
    if (size > maxCatalogue)
      return fail('too-large', { what: 'catalogue.json', required: maxCatalogue, found: size })
    const text = await source.readWhole('catalogue.json', size)
    if (!text.ok) return text
    const catalogue = believeCatalogue(believed.value, timestamp.value, text.value, now)
    if (!catalogue.ok) return catalogue
    const remembered = keep
      ? memory.keepCatalogue(text.value, {
          schema: 'berth/catalogue-sources/1',
          sources: [...sources],
          fetched: now,
        })
      : ok(undefined)
    return remembered.ok ? ok({ anchor, catalogue: catalogue.value }) : remembered
  })
}

/** `timestamp.json`, and whose it says it is. That is believed only when the keys of that line of trust agree. */
async function fetchStamp(
  source: CatalogueSource,
  anchors: readonly CatalogueAnchor[],
): Promise<Result<{ readonly anchor: CatalogueAnchor; readonly data: Uint8Array }>> {
  const data = await source.readWhole('timestamp.json', maxSmall)
  if (!data.ok)
    return data.failure.code === 'not-found' ? fail('catalogue-not-found', { where: source.name }) : data
  const claimed = parseCatalogueTimestamp(data.value)
  if (!claimed.ok) return claimed
  const { root } = claimed.value.signed
  const anchor = anchors.find((one) => one.root.root === root)
  if (anchor === undefined) return fail('catalogue-key-unknown', { what: root, where: source.name })
  return ok({ anchor, data: data.value })
}

/** Every newer root document that the source has (TUF 5.3). */
async function followRoots(
  source: CatalogueSource,
  memory: CatalogueMemory,
  before: Believed,
  { keep, now }: { readonly keep: boolean; readonly now: string },
): Promise<Result<Believed>> {
  let believed = before
  for (let hop = 0; hop < mostRoots; hop += 1) {
    const data = await source.readWhole(`root/${believed.root.version + 1}.json`, maxSmall)
    if (!data.ok && data.failure.code !== 'not-found') return data
    if (!data.ok) break
    const root = believeRoot(believed.root, data.value)
    if (!root.ok) return root
    const next = keep
      ? memory.keepRoot(believed, root.value, data.value)
      : ok(afterRootChange(believed, root.value))
    if (!next.ok) return next
    believed = next.value
  }
  const fresh = checkExpiry(`root/${believed.root.version}.json`, believed.root.expires, now)
  return fresh.ok ? ok(believed) : fresh
}

/** Says which source it was. */
async function inSource<T>(source: CatalogueSource, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const result = await work()
  return result.ok ? result : { ok: false, failure: withPlace(result.failure, source.name) }
}

function withPlace(failure: Failure, where: string): Failure {
  return failure.facts['where'] === undefined ? { ...failure, facts: { ...failure.facts, where } } : failure
}
