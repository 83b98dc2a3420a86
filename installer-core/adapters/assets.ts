import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { getRawAsset, isSea } from 'node:sea'
import { fileURLToPath } from 'node:url'

/**
 * A file that belongs to the program: `keys/…`, `system/…` and whatever else lies in `assets/`, or `fatfs.wasm`. In the
 * single executable it is inside the file; otherwise it lies in the checkout. A name that is not there is a bug.
 */
export function readAsset(name: string): Uint8Array {
  if (isSea()) return new Uint8Array(getRawAsset(name) as ArrayBuffer)
  if (name === 'fatfs.wasm')
    return readFileSync(
      createRequire(import.meta.url)
        .resolve('js-fatfs')
        .replace(/fatfs\.js$/, name),
    )
  return readFileSync(join(checkout(), 'assets', name))
}

/** The nearest folder upwards of this file that holds `assets/`. */
function checkout(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'assets', 'keys'))) return folder
    if (folder === dirname(folder)) throw new Error('the assets folder is missing beside the program')
  }
}

/**
 * A file of the built page by its plain name; null when it is not there. In the single executable it is inside the file;
 * otherwise it lies in `dist/renderer` of the checkout.
 */
export function readPageAsset(name: string): Uint8Array | null {
  try {
    if (isSea()) return new Uint8Array(getRawAsset(`renderer/${name}`) as ArrayBuffer)
    return readFileSync(join(checkout(), 'dist', 'renderer', name))
  } catch {
    return null
  }
}
