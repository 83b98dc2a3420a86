import { createHash } from 'node:crypto'
import { canonicalJson } from '../../base/json.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import {
  parseCatalogue,
  parseCatalogueRoot,
  parseCatalogueTimestamp,
} from '../../formats/catalogue/parse-catalogue.ts'
import type {
  Catalogue,
  CatalogueRole,
  CatalogueRoot,
  CatalogueTimestamp,
  Signed,
} from '../../model/catalogue.ts'
import { isSignedBy } from '../release-folder/key-ring.ts'

/**
 * What a document of the catalogue must be to be believed: signed by enough keys of its role, of the same line of trust,
 * not older than what was believed before, not expired. The order of the checks is that of The Update Framework's client
 * workflow (TUF specification 1.0, section 5). `now` is an ISO 8601 time in UTC.
 */
export interface Believed {
  readonly root: CatalogueRoot
  /** Versions that were seen before: nothing older is believed again. 0: none was. */
  readonly timestampVersion: number
  readonly catalogueVersion: number
}

/** How many different keys of the role signed these very members. */
export function countSigners(
  root: CatalogueRoot,
  role: CatalogueRole,
  { signed, signatures }: Signed<unknown>,
): number {
  const data = new TextEncoder().encode(canonicalJson(signed))
  const { keys } = root.roles[role]
  const signers = new Set(
    signatures
      .filter(({ publicKey }) => keys.includes(publicKey))
      .filter((one) =>
        isSignedBy({ name: role, publicKey: one.publicKey, practiceOnly: false }, data, {
          schema: 'berth/signature/1',
          algorithm: 'ed25519',
          ...one,
        }),
      )
      .map(({ publicKey }) => publicKey),
  )
  return signers.size
}

/** The next root document after one that is believed (TUF 5.3): signed by the keys of both, one version on. */
export function believeRoot(known: CatalogueRoot, data: Uint8Array): Result<CatalogueRoot> {
  const read = parseCatalogueRoot(data)
  if (!read.ok) return read
  const next = read.value.signed
  const what = `root/${known.version + 1}.json`
  if (next.root !== known.root) return altered(what, known.root, next.root)
  if (next.version !== known.version + 1) return altered(what, known.version + 1, next.version)
  return (
    checkSigners(what, known, 'root', read.value) ?? checkSigners(what, next, 'root', read.value) ?? ok(next)
  )
}

/** A root document as the beginning of trust: it must at least be signed by itself. */
export function believeFirstRoot(document: Signed<CatalogueRoot>): Result<CatalogueRoot> {
  return checkSigners('root.json', document.signed, 'root', document) ?? ok(document.signed)
}

/** The newest timestamp (TUF 5.4). */
export function believeTimestamp(
  believed: Believed,
  data: Uint8Array,
  now: string,
): Result<CatalogueTimestamp> {
  const read = parseCatalogueTimestamp(data)
  if (!read.ok) return read
  const { signed } = read.value
  const what = 'timestamp.json'
  if (signed.root !== believed.root.root) return altered(what, believed.root.root, signed.root)
  const older =
    checkSigners(what, believed.root, 'timestamp', read.value) ??
    notOlder(what, signed.version, believed.timestampVersion) ??
    notOlder('catalogue.json', signed.catalogue.version, believed.catalogueVersion)
  if (older !== null) return older
  const fresh = checkExpiry(what, signed.expires, now)
  return fresh.ok ? ok(signed) : fresh
}

/** The catalogue that a believed timestamp names (TUF 5.5, 5.6). */
export function believeCatalogue(
  believed: Believed,
  { catalogue: named }: CatalogueTimestamp,
  data: Uint8Array,
  now: string,
): Result<Catalogue> {
  const what = 'catalogue.json'
  if (data.length < named.size)
    return fail('source-cut-short', { what, required: named.size, found: data.length })
  const found = createHash('sha256').update(data).digest('hex')
  if (found !== named.sha256) return altered(what, named.sha256, found)
  const catalogue = believeRemembered(believed, data, now)
  if (catalogue.ok && catalogue.value.version !== named.version)
    return altered(what, named.version, catalogue.value.version)
  return catalogue
}

/** A catalogue that was believed before and is used again without its source: until it expires. */
export function believeRemembered({ root }: Believed, data: Uint8Array, now: string): Result<Catalogue> {
  const read = parseCatalogue(data)
  if (!read.ok) return read
  const { signed } = read.value
  const what = 'catalogue.json'
  if (signed.root !== root.root) return altered(what, root.root, signed.root)
  const unsigned = checkSigners(what, root, 'catalogue', read.value)
  if (unsigned !== null) return unsigned
  const fresh = checkExpiry(what, signed.expires, now)
  return fresh.ok ? ok(signed) : fresh
}

/** `catalogue-expired` from the moment that a document names. */
export function checkExpiry(what: string, expires: string, now: string): Result<void> {
  if (Date.parse(now) < Date.parse(expires)) return done
  return fail('catalogue-expired', { what, required: expires.slice(0, 10), found: now.slice(0, 10) })
}

/** Keys that were exchanged free what the old ones claimed (TUF 5.3.11): versions count anew. */
export function afterRootChange(before: Believed, root: CatalogueRoot): Believed {
  const same = (role: CatalogueRole) =>
    canonicalJson(before.root.roles[role]) === canonicalJson(root.roles[role])
  if (same('timestamp') && same('catalogue')) return { ...before, root }
  return { root, timestampVersion: 0, catalogueVersion: 0 }
}

function notOlder(what: string, found: number, known: number): Result<never> | null {
  return found < known ? fail('catalogue-rolled-back', { what, required: known, found }) : null
}

function checkSigners(
  what: string,
  root: CatalogueRoot,
  role: CatalogueRole,
  document: Signed<unknown>,
): Result<never> | null {
  const found = countSigners(root, role, document)
  const { threshold } = root.roles[role]
  if (found >= threshold) return null
  return fail('catalogue-altered', { what, required: `${threshold} signatures (${role})`, found })
}

function altered(what: string, required: string | number, found: string | number): Result<never> {
  return fail('catalogue-altered', { what, required, found })
}
