import { bytes } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { CatalogueRelease } from '../../model/catalogue.ts'
import type { KeyRing } from '../../model/key-ring.ts'
import type { ReleaseFile, ReleaseManifest } from '../../model/release.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { OpenRelease, ReleaseOffer } from '../../ports/release-source.ts'
import { canonicalJson } from '../../base/json.ts'
import { openFileSource } from '../release-folder/file-source.ts'
import { maxManifest, maxSignature, openSignedRelease } from '../release-folder/open-release-folder.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { checkContent, type Content, type ContentStore } from './content-store.ts'
import { openDownload } from './download-source.ts'

/** A page gets pictures within one message. */
const maxPicture = 128 * 1024

/** Where the pieces of an offered release come from: the store, then the sources. */
export interface Supply {
  readonly store: ContentStore
  /** Opens the sources anew; whoever asked closes them. */
  readonly sources: () => readonly CatalogueSource[]
}

/** Where a source has a file of a release. */
export function pathInSource(release: CatalogueRelease, name: string): string {
  return `releases/${release.id}/${name}`
}

/**
 * Opens a release that a believed catalogue offers. Its documents are fetched when they are not here; they must be what the
 * catalogue names, signed by a key of the ring, and say of the files what the catalogue says.
 */
export async function openCatalogueRelease(
  release: CatalogueRelease,
  ring: KeyRing,
  supply: Supply,
): Promise<Result<OpenRelease>> {
  const manifest = await fetchSmall(supply, release, 'release.json', release.manifest, maxManifest)
  if (!manifest.ok) return manifest
  const signature = await fetchSmall(supply, release, 'release.json.sig', release.signature, maxSignature)
  if (!signature.ok) return signature
  const documents = { manifest: manifest.value, signature: signature.value }
  const opened = await openSignedRelease(documents, ring, (file) => openFile(release, file, supply))
  if (!opened.ok) return opened
  const differs = compare(release, opened.value.manifest)
  if (differs !== null) return fail('release-altered', { what: differs, where: 'catalogue.json' })
  return ok({ ...opened.value, offer: await offerOf(release, supply) })
}

/** Fetches the documents and pictures of a release, so that it can be looked at without its source. */
export async function fetchDocuments(release: CatalogueRelease, supply: Supply): Promise<Result<void>> {
  const documents = [
    ['release.json', release.manifest, maxManifest],
    ['release.json.sig', release.signature, maxSignature],
    ...release.pictures.map((picture) => [picture.source, picture, maxPicture] as const),
  ] as const
  for (const [name, content, limit] of documents) {
    const fetched = await fetchSmall(supply, release, name, content, limit)
    if (!fetched.ok) return fetched
  }
  return ok(undefined)
}

async function openFile(
  release: CatalogueRelease,
  file: ReleaseFile,
  { store, sources }: Supply,
): Promise<Result<ByteSource>> {
  const offered = release.files.find(({ source }) => source === file.source)
  if (offered === undefined) return fail('release-altered', { what: file.source })
  if (store.has(offered)) return openStored(store, offered, file)
  const room = store.ensureRoom([...release.files, release.manifest, release.signature, ...release.pictures])
  if (!room.ok) return room
  return openDownload(store, offered, pathInSource(release, file.source), sources())
}

/** A file of the store. One whose bytes are no longer right is taken away, so that the next attempt fetches it anew. */
async function openStored(
  store: ContentStore,
  content: Content,
  file: ReleaseFile,
): Promise<Result<ByteSource>> {
  store.touch([content])
  const source = await openFileSource(store.pathOf(content), file)
  if (!source.ok) return source
  const stored = source.value
  return ok({
    size: stored.size,
    close: () => stored.close(),
    async next() {
      const piece = await stored.next()
      if (!piece.ok && piece.failure.code === 'release-altered') store.remove(content)
      return piece
    },
  })
}

async function fetchSmall(
  { store, sources }: Supply,
  release: CatalogueRelease,
  name: string,
  content: Content,
  limit: number,
): Promise<Result<Uint8Array>> {
  const kept = await store.read(content)
  if (kept.ok) return kept
  if (content.size > limit) return fail('too-large', { what: name, required: limit, found: content.size })
  let last: Result<Uint8Array> = fail('release-incomplete', { what: `${release.id}/${name}` })
  for (const source of sources()) {
    const data = await source.readWhole(pathInSource(release, name), content.size)
    source.close()
    last = data.ok ? checkContent(name, content, data.value) : data
    if (!last.ok) continue
    const room = store.ensureRoom([content])
    const put = room.ok ? store.put(content, last.value) : room
    return put.ok ? last : put
  }
  return last
}

/** The member in which catalogue and manifest differ; null when they say the same. */
function compare(release: CatalogueRelease, manifest: ReleaseManifest): string | null {
  for (const member of ['id', 'name', 'version', 'architecture', 'needs'] as const)
    if (canonicalJson(release[member]) !== canonicalJson(manifest[member])) return member
  const bare = (files: readonly Pick<ReleaseFile, 'source' | 'size' | 'sha256'>[]) =>
    canonicalJson(files.map(({ source, size, sha256 }) => ({ source, size, sha256 })))
  return bare(release.files) === bare(manifest.files) ? null : 'files'
}

async function offerOf(release: CatalogueRelease, { store }: Supply): Promise<ReleaseOffer> {
  const [first] = release.pictures
  const data = first === undefined ? null : await store.read(first)
  return {
    channel: release.channel,
    missing: bytes(store.missing(release.files)),
    about: release.about,
    picture: first !== undefined && data?.ok === true ? { data: data.value, alt: first.alt } : null,
  }
}
