import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { done, ok, type Result } from '../../base/result.ts'
import { parseCatalogue, parseCatalogueTimestamp } from '../../formats/catalogue/parse-catalogue.ts'
import { rootIdSchema, type Catalogue, type CatalogueRoot } from '../../model/catalogue.ts'
import { attempt } from '../disk-image/io-failure.ts'
import { openVariableFile } from '../disk-image/variable-file.ts'
import { afterRootChange, believeRemembered, believeRoot, type Believed } from './catalogue-trust.ts'

const rememberedSchema = z.strictObject({
  schema: z.literal('berth/catalogue-sources/1'),
  /** Where the catalogue was last fetched from, the first one first. */
  sources: z.array(z.string()).max(16),
  /** When it was fetched, ISO 8601 in UTC. */
  fetched: z.iso.datetime(),
})

export type RememberedSources = z.infer<typeof rememberedSchema>

/** A catalogue that was believed and kept, for use without its source. */
export interface RememberedCatalogue {
  readonly catalogue: Catalogue
  readonly sources: RememberedSources | null
}

/**
 * What is kept of the catalogues of one line of trust: the documents as they came, each replaced as a whole. They are
 * believed anew whenever they are read, beginning at the root document that came with the program.
 */
export class CatalogueMemory {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** What was believed so far: the root documents one by one from `first`, and the versions seen since. */
  believed(first: CatalogueRoot): Believed {
    let believed: Believed = { root: first, timestampVersion: 0, catalogueVersion: 0 }
    const kept = this.#read('timestamp.json')
    const timestamp = kept === null ? null : parseCatalogueTimestamp(kept)
    const catalogue = this.#read('catalogue.json')
    const parsed = catalogue === null ? null : parseCatalogue(catalogue)
    const seen = {
      timestampVersion: timestamp?.ok === true ? timestamp.value.signed.version : 0,
      catalogueVersion: Math.max(
        timestamp?.ok === true ? timestamp.value.signed.catalogue.version : 0,
        parsed?.ok === true ? parsed.value.signed.version : 0,
      ),
    }
    for (;;) {
      const next = this.#read(`root-${believed.root.version + 1}.json`)
      const root = next === null ? null : believeRoot(believed.root, next)
      if (root === null || !root.ok) return { ...believed, ...seen }
      believed = { ...believed, root: root.value }
    }
  }

  /** The catalogue that was kept; null when there is none. `catalogue-expired` when it may not be used any more. */
  catalogue(first: CatalogueRoot, now: string): Result<RememberedCatalogue | null> {
    const data = this.#read('catalogue.json')
    if (data === null) return ok(null)
    const catalogue = believeRemembered(this.believed(first), data, now)
    return catalogue.ok ? ok({ catalogue: catalogue.value, sources: this.sources() }) : catalogue
  }

  /** The ids of the releases in the catalogue that was kept, believed or not: for saying why it is not used. */
  releaseIds(): Catalogue['releases'][number]['id'][] {
    const data = this.#read('catalogue.json')
    const read = data === null ? null : parseCatalogue(data)
    return read?.ok === true ? read.value.signed.releases.map(({ id }) => id) : []
  }

  sources(): RememberedSources | null {
    const data = this.#read('sources.json')
    if (data === null) return null
    try {
      const read = rememberedSchema.safeParse(JSON.parse(new TextDecoder().decode(data)))
      return read.success ? read.data : null
    } catch {
      return null
    }
  }

  /** Keeps a root document that was believed; forgets what the keys that it took away had claimed. */
  keepRoot(before: Believed, root: CatalogueRoot, data: Uint8Array): Result<Believed> {
    const kept = this.#write(`root-${root.version}.json`, data)
    if (!kept.ok) return kept
    const after = afterRootChange(before, root)
    if (after.timestampVersion === before.timestampVersion) return ok(after)
    const nothing = new Uint8Array()
    const forgotten = this.#write('timestamp.json', nothing)
    if (!forgotten.ok) return forgotten
    const gone = this.#write('catalogue.json', nothing)
    return gone.ok ? ok(after) : gone
  }

  keepTimestamp(data: Uint8Array): Result<void> {
    return this.#write('timestamp.json', data)
  }

  keepCatalogue(data: Uint8Array, sources: RememberedSources): Result<void> {
    const kept = this.#write('catalogue.json', data)
    return kept.ok
      ? this.#write('sources.json', new TextEncoder().encode(`${JSON.stringify(sources, null, 2)}\n`))
      : kept
  }

  #read(name: string): Uint8Array | null {
    const path = join(this.#folder, name)
    const data = existsSync(path) ? new Uint8Array(readFileSync(path)) : null
    return data === null || data.length === 0 ? null : data
  }

  #write(name: string, data: Uint8Array): Result<void> {
    return attempt('write', this.#folder, () => {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
      const written = openVariableFile(join(this.#folder, name)).replace(data)
      return written.ok ? done : written
    })
  }
}

/** The lines of trust of which something is kept. */
export function rememberedRoots(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => rootIdSchema.safeParse(name).success)
}
