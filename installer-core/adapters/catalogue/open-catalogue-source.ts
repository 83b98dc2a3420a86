import { fail, ok, type Result } from '../../base/result.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { folderCatalogueSource } from './folder-catalogue-source.ts'
import { httpCatalogueSource } from './http-catalogue-source.ts'

/**
 * Opens a source by what a person gives: an https address, an http address of this very computer, or a folder (a USB
 * stick is one). Everything else is `source-refused`. Opening reaches for nothing yet.
 */
export function openCatalogueSource(name: string): Result<CatalogueSource> {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(name)) return ok(folderCatalogueSource(name))
  const url = URL.canParse(name) ? new URL(name) : null
  const possible = 'https://…, http://127.0.0.1:…'
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return fail('source-refused', { what: withoutSecrets(name), required: possible })
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    return fail('source-refused', { what: name, required: possible })
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return ok(httpCatalogueSource(url))
}

/** An address may hold a password, which goes into no sentence and no log. */
function withoutSecrets(name: string): string {
  return name.replace(/\/\/[^/]*@/, '//…@').replace(/[?#].*$/, '…')
}
