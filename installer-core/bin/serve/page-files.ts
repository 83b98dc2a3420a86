import { extname } from 'node:path'
import { readPageAsset } from '../../adapters/assets.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Names of plain files in plain folders: nothing that begins with a dot, nothing encoded. */
const plain = /^([A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/

export interface PageFile {
  readonly type: string
  readonly data: Uint8Array
}

/** Where the page's files come from: by plain name, null for what is not there. */
export type ReadPage = (name: string) => Uint8Array | null

/** The file behind the path of an address; null for everything that is none of the page's own. */
export function pageFile(path: string, read: ReadPage = readPageAsset): PageFile | null {
  const name = path === '/' ? 'index.html' : path.slice(1)
  const type = types[extname(name)]
  if (type === undefined || !path.startsWith('/') || !plain.test(name)) return null
  const data = read(name)
  return data === null ? null : { type, data }
}
