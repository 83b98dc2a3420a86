import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { openVariableFile } from '../adapters/disk-image/variable-file.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { loadKeyRing } from '../adapters/release-folder/key-ring.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { bytes } from '../base/bytes.ts'
import { fail, malformed, ok, type Result } from '../base/result.ts'
import { proveMeasurements } from '../check/prove-measurements.ts'
import { parseCatalogue, parseCatalogueTimestamp } from '../formats/catalogue/parse-catalogue.ts'
import {
  cataloguePictureSchema,
  catalogueReleaseSchema,
  pieceSize,
  translationsSchema,
  type Catalogue,
  type CatalogueFile,
  type CatalogueRelease,
  type CatalogueTimestamp,
  type Translations,
} from '../model/catalogue.ts'
import type { KeyRing } from '../model/key-ring.ts'
import { releaseIdSchema } from '../model/primitives.ts'
import { documentBytes, later, signDocument, type CatalogueKeys } from './catalogue-signer.ts'

/** `about.json` beside a `release.json`: what the catalogue says of the release beyond its manifest. */
export const aboutSchema = z.strictObject({
  channel: catalogueReleaseSchema.shape.channel.default('stable'),
  about: translationsSchema,
  pictures: z
    .array(cataloguePictureSchema.pick({ source: true, alt: true }))
    .max(4)
    .default([]),
})

/** The names that a page shows for the usual channels. */
const channelNames: Readonly<Record<string, Translations>> = {
  stable: { en: 'For everyday use', de: 'Für jeden Tag' },
  testing: { en: 'To try out', de: 'Zum Ausprobieren' },
}

export interface MakeCatalogue {
  /** The folder that is served: `releases/` lies in it already. */
  readonly folder: string
  readonly keys: CatalogueKeys
  /** ISO 8601 in UTC. */
  readonly now: string
  /** How long the catalogue and the timestamp are good for. */
  readonly days: { readonly catalogue: number; readonly timestamp: number }
  /** Signs a new timestamp for the catalogue that is there, with the timestamp's key alone. */
  readonly timestampOnly?: boolean
  readonly ring?: KeyRing
  readonly onProgress?: (what: string) => void
}

/** A catalogue that was written. */
export interface MadeCatalogue {
  readonly catalogue: Catalogue
  readonly timestamp: CatalogueTimestamp
}

/**
 * Writes the catalogue of the releases below `releases/`: each is opened, its signature verified and every byte of its files
 * read. `timestamp.json` comes last, so that what is served is never ahead of what is there. Versions go on from those in
 * the folder.
 */
export async function makeCatalogue(make: MakeCatalogue): Promise<Result<MadeCatalogue>> {
  const { folder, keys, now } = make
  const before = readBefore(folder)
  if (!before.ok) return before
  for (const [i, data] of keys.roots.entries()) {
    mkdirSync(join(folder, 'root'), { recursive: true })
    const written = replace(join(folder, 'root', `${i + 1}.json`), data)
    if (!written.ok) return written
  }
  const current =
    make.timestampOnly === true
      ? ok(before.value.catalogue)
      : await writeCatalogue(make, before.value.catalogue)
  if (!current.ok) return current
  if (current.value === null) return fail('catalogue-not-found', { where: folder })
  const { signed: catalogue, data } = current.value
  const signer = keys.signers.timestamp
  if (signer === undefined) return fail('not-found', { what: 'timestamp.pem' })
  const timestamp: CatalogueTimestamp = {
    schema: 'berth/catalogue-timestamp/1',
    root: keys.root.root,
    version: before.value.timestampVersion + 1,
    expires: later(now, make.days.timestamp),
    catalogue: { version: catalogue.version, size: bytes(data.length), sha256: sha256(data) },
  }
  const written = replace(join(folder, 'timestamp.json'), documentBytes(signDocument(timestamp, [signer])))
  return written.ok ? ok({ catalogue, timestamp }) : written
}

interface Written {
  readonly signed: Catalogue
  readonly data: Uint8Array
}

async function writeCatalogue(make: MakeCatalogue, before: Written | null): Promise<Result<Written>> {
  const { folder, keys } = make
  const signer = keys.signers.catalogue
  if (signer === undefined) return fail('not-found', { what: 'catalogue.pem' })
  const releases = await describeAll(make)
  if (!releases.ok) return releases
  const channels = [...new Set(releases.value.map(({ channel }) => channel))].sort()
  const signed: Catalogue = {
    schema: 'berth/catalogue/1',
    root: keys.root.root,
    version: (before?.signed.version ?? 0) + 1,
    expires: later(make.now, make.days.catalogue),
    pieceSize,
    channels: channels.map((id) => ({ id, name: channelNames[id] ?? { en: id } })),
    releases: releases.value,
  }
  const data = documentBytes(signDocument(signed, [signer]))
  // What this program would refuse is not written.
  const read = parseCatalogue(data)
  if (!read.ok) return read
  const written = replace(join(folder, 'catalogue.json'), data)
  return written.ok ? ok({ signed, data }) : written
}

async function describeAll({ folder, ring, onProgress }: MakeCatalogue): Promise<Result<CatalogueRelease[]>> {
  const root = join(folder, 'releases')
  if (!existsSync(root)) return fail('not-found', { what: 'releases', where: folder })
  const releases: CatalogueRelease[] = []
  for (const name of readdirSync(root).sort()) {
    if (!releaseIdSchema.safeParse(name).success) continue
    onProgress?.(name)
    const release = await describe(join(root, name), name, ring ?? loadKeyRing())
    if (!release.ok) return release
    releases.push(release.value)
  }
  return ok(releases)
}

async function describe(folder: string, name: string, ring: KeyRing): Promise<Result<CatalogueRelease>> {
  const opened = await openReleaseFolder(folder, ring)
  if (!opened.ok) return opened
  const { manifest } = opened.value
  if (manifest.id !== name)
    return fail('release-altered', { what: 'release.json', required: name, found: manifest.id })
  const about = readAbout(folder, manifest.name)
  if (!about.ok) return about
  const files: CatalogueFile[] = []
  for (const file of manifest.files) {
    const hashed = await hashPieces(join(folder, file.source))
    if (hashed.sha256 !== file.sha256) return fail('release-altered', { what: file.source })
    files.push({ source: file.source, size: file.size, sha256: file.sha256, pieces: hashed.pieces })
  }
  const proven = await proveMeasurements(opened.value, nodeHasher)
  if (!proven.ok) return proven
  return ok({
    id: manifest.id,
    channel: about.value.channel,
    name: manifest.name,
    version: manifest.version,
    architecture: manifest.architecture,
    needs: manifest.needs,
    about: about.value.about,
    pictures: about.value.pictures.map((picture) => ({ ...picture, ...small(join(folder, picture.source)) })),
    manifest: small(join(folder, 'release.json')),
    signature: small(join(folder, 'release.json.sig')),
    files,
  })
}

function readAbout(folder: string, name: string): Result<z.output<typeof aboutSchema>> {
  const file = join(folder, 'about.json')
  if (!existsSync(file)) return ok({ channel: 'stable', about: { en: name }, pictures: [] })
  try {
    const read = aboutSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (read.success) return ok(read.data)
    return malformed('about.json', file, 0, z.prettifyError(read.error), 'something else')
  } catch {
    return malformed('about.json', file, 0, 'JSON', 'something else')
  }
}

/** What the folder says already; unsigned words here would only raise a version. */
function readBefore(
  folder: string,
): Result<{ readonly catalogue: Written | null; readonly timestampVersion: number }> {
  const [catalogue, stamp] = [join(folder, 'catalogue.json'), join(folder, 'timestamp.json')]
  const data = existsSync(catalogue) ? new Uint8Array(readFileSync(catalogue)) : null
  const read = data === null ? null : parseCatalogue(data)
  if (read !== null && !read.ok) return read
  const timestamp = existsSync(stamp) ? parseCatalogueTimestamp(new Uint8Array(readFileSync(stamp))) : null
  if (timestamp !== null && !timestamp.ok) return timestamp
  return ok({
    catalogue: data === null || read === null ? null : { signed: read.value.signed, data },
    timestampVersion: timestamp?.value.signed.version ?? 0,
  })
}

async function hashPieces(path: string): Promise<{ readonly sha256: string; readonly pieces: string[] }> {
  const file = await open(path)
  const whole = createHash('sha256')
  const pieces: string[] = []
  try {
    const buffer = new Uint8Array(pieceSize)
    for (;;) {
      let filled = 0
      while (filled < pieceSize) {
        const { bytesRead } = await file.read(buffer, filled, pieceSize - filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      if (filled === 0) return { sha256: whole.digest('hex'), pieces }
      whole.update(buffer.subarray(0, filled))
      pieces.push(sha256(buffer.subarray(0, filled)))
    }
  } finally {
    await file.close()
  }
}

function small(path: string) {
  const data = new Uint8Array(readFileSync(path))
  return { size: bytes(data.length), sha256: sha256(data) }
}

function replace(path: string, data: Uint8Array): Result<void> {
  return openVariableFile(path).replace(data)
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
