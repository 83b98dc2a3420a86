import { readFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'

/** The page's own scheme and origin: it is no file, so it has an origin that nothing else shares. */
export const scheme = 'berth'
export const origin = `${scheme}://app`

/** What the page may load: its own files. It talks to the shell alone, so it connects to nothing. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** An answer to one request of the page. */
export interface PageFile {
  readonly status: 200 | 404
  readonly type: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The file behind an address of the page. An address without a file name's ending is one of the page's own and gives its
 * document. Whatever leads out of `folder`, is of an unknown kind or is not there gives 404.
 */
export function pageFile(folder: string, address: string): PageFile {
  const path = pathOf(address)
  if (path === null) return missing
  const name = extname(path) === '' ? 'index.html' : path
  const type = types[extname(name)]
  const file = normalize(join(folder, name))
  if (type === undefined || !file.startsWith(normalize(folder) + sep)) return missing
  try {
    return { status: 200, type, body: readFileSync(file), headers }
  } catch {
    return missing
  }
}

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

const missing: PageFile = { status: 404, type: 'text/plain', body: Buffer.from('Not found'), headers }

function pathOf(address: string): string | null {
  try {
    const url = new URL(address)
    if (url.protocol !== `${scheme}:` || url.host !== 'app') return null
    const path = decodeURIComponent(url.pathname)
    return path.includes('\0') || path.includes('\\') || path.split('/').includes('..') ? null : path
  } catch {
    return null
  }
}
