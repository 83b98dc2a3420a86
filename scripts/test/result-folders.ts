import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'

/** Where a run leaves its results and its numbers: emptied first, so that nothing of an earlier run is added up. */
export function emptyResultFolders(): { readonly results: string; readonly counts: string } {
  const folders = { results: join(root, 'dist/test-results'), counts: join(root, 'dist/test-counts') }
  for (const folder of Object.values(folders)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
  return folders
}
