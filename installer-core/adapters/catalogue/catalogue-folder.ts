import { join } from 'node:path'
import { cacheFolder } from '../cache-folder.ts'
import { ContentStore } from './content-store.ts'
import { CatalogueMemory, rememberedRoots } from './remembered-catalogue.ts'

/** Where everything of catalogues is kept, below Berth's cache. */
export interface CatalogueFolder {
  readonly store: ContentStore
  memoryOf(root: string): CatalogueMemory
  roots(): readonly string[]
}

/** `BERTH_CATALOGUE`, else `catalogue` in Berth's cache. */
export function catalogueFolderPath(): string {
  return process.env['BERTH_CATALOGUE'] ?? join(cacheFolder(), 'catalogue')
}

/** `trust/` holds the documents by line of trust, `files/` what was fetched by its hash. */
export function catalogueFolder(folder = catalogueFolderPath(), limit?: number): CatalogueFolder {
  const trust = join(folder, 'trust')
  return {
    store: new ContentStore(join(folder, 'files'), limit),
    memoryOf: (root) => new CatalogueMemory(join(trust, root)),
    roots: () => rememberedRoots(trust),
  }
}
