import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseCatalogueRoot } from '../../formats/catalogue/parse-catalogue.ts'
import { catalogueRootsSchema, type CatalogueRoot } from '../../model/catalogue.ts'
import { readAsset } from '../assets.ts'
import { developmentKeyFile } from '../release-folder/development-key-file.ts'
import { believeFirstRoot } from './catalogue-trust.ts'

/** The beginning of trust in a catalogue. */
export interface CatalogueAnchor {
  readonly root: CatalogueRoot
  /** It is this user's own, made for practice; nobody else vouches for it. */
  readonly own: boolean
}

/** Where this user's own catalogue keys lie: beside the development key. */
export function catalogueKeyFolder(): string {
  return join(dirname(developmentKeyFile()), 'catalogue')
}

/**
 * Whom this copy of Berth believes about catalogues: the root documents that came with the program and this user's own,
 * when one was made. A broken document of the program is a bug, hence thrown.
 */
export function loadAnchors(keys = catalogueKeyFolder()): readonly CatalogueAnchor[] {
  const shipped = catalogueRootsSchema.parse(
    JSON.parse(new TextDecoder().decode(readAsset('keys/catalogue-roots.json'))) as unknown,
  )
  const own = readOwnRoot(join(keys, 'root-1.json'))
  const roots = shipped.roots.map((document) => ({ root: document.signed, own: false }))
  return own === null ? roots : [...roots, { root: own, own: true }]
}

/** A file that is absent or holds no such document adds no trust. */
function readOwnRoot(file: string): CatalogueRoot | null {
  if (!existsSync(file)) return null
  const read = parseCatalogueRoot(new Uint8Array(readFileSync(file)))
  if (!read.ok) return null
  const believed = believeFirstRoot(read.value)
  return believed.ok ? believed.value : null
}
