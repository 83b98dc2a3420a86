import type { z } from 'zod'
import { malformed, ok, type Result } from '../../base/result.ts'
import {
  pieceSize,
  signedCatalogueSchema,
  signedRootSchema,
  signedTimestampSchema,
  type Catalogue,
  type CatalogueRelease,
  type CatalogueRoot,
  type CatalogueTimestamp,
  type Signed,
} from '../../model/catalogue.ts'

/** FAT32 stores a file's size in 32 bits. */
const maxFileSize = 0xffff_ffff

/** Reads `root/N.json`. Signatures are not verified here. `malformed` names the member. */
export function parseCatalogueRoot(data: Uint8Array): Result<Signed<CatalogueRoot>> {
  const read = parseDocument('root.json', data, signedRootSchema)
  if (!read.ok) return read
  for (const [name, { keys, threshold }] of Object.entries(read.value.signed.roles)) {
    const field = `signed.roles.${name}`
    if (new Set(keys).size !== keys.length) return wrong('root.json', field, 'each key once', 'a key twice')
    if (threshold > keys.length)
      return wrong('root.json', field, 'a threshold that its keys can reach', threshold)
  }
  return read
}

/** Reads `timestamp.json`. Signatures are not verified here. */
export function parseCatalogueTimestamp(data: Uint8Array): Result<Signed<CatalogueTimestamp>> {
  return parseDocument('timestamp.json', data, signedTimestampSchema)
}

/** Reads `catalogue.json`, with the rules between its members. Signatures are not verified here. */
export function parseCatalogue(data: Uint8Array): Result<Signed<Catalogue>> {
  const read = parseDocument('catalogue.json', data, signedCatalogueSchema)
  if (!read.ok) return read
  const { channels, releases } = read.value.signed
  const known = new Set(channels.map(({ id }) => id))
  const seen = new Set<string>()
  for (const [i, release] of releases.entries()) {
    const field = `signed.releases.${i}`
    if (seen.has(release.id)) return wrong('catalogue.json', `${field}.id`, 'each release once', release.id)
    seen.add(release.id)
    if (!known.has(release.channel))
      return wrong('catalogue.json', `${field}.channel`, 'one of channels', release.channel)
    const bad = checkFiles(release, field)
    if (bad !== null) return bad
  }
  return read
}

function checkFiles({ files, pictures }: CatalogueRelease, field: string): Result<never> | null {
  const seen = new Set(['release.json', 'release.json.sig'])
  for (const { source } of [...files, ...pictures]) {
    if (/^\.+$/.test(source) || seen.has(source.toLowerCase()))
      return wrong('catalogue.json', `${field}.files`, 'names of their own', source)
    seen.add(source.toLowerCase())
  }
  for (const [i, { size, pieces }] of files.entries()) {
    const needed = Math.ceil(size / pieceSize)
    if (size > maxFileSize)
      return wrong('catalogue.json', `${field}.files.${i}.size`, `at most ${maxFileSize}`, size)
    if (pieces.length !== needed)
      return wrong('catalogue.json', `${field}.files.${i}.pieces`, needed, pieces.length)
  }
  return null
}

function parseDocument<T>(format: string, data: Uint8Array, schema: z.ZodType<Signed<T>>): Result<Signed<T>> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)) as unknown
  } catch {
    return wrong(format, '', 'JSON in UTF-8', 'something else')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  return wrong(format, issue?.path.join('.') ?? '', issue?.code ?? 'the schema', 'something else')
}

function wrong(
  format: string,
  field: string,
  required: string | number,
  found: string | number,
): Result<never> {
  return malformed(format, field, 0, required, found)
}
