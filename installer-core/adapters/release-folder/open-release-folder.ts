import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MiB } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { releaseSignatureSchema, type KeyRing, type SigningKey } from '../../model/key-ring.ts'
import type { ReleaseFile } from '../../model/release.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { OpenRelease } from '../../ports/release-source.ts'
import { openFileSource } from './file-source.ts'
import { findKey, isSignedBy, loadKeyRing } from './key-ring.ts'
import { readSmallFile } from './open-file.ts'
import { readManifest } from './read-manifest.ts'

export const manifestFile = 'release.json'
export const signatureFile = 'release.json.sig'
/** What `release.json` may take. */
export const maxManifest = MiB
/** What `release.json.sig` may take. */
export const maxSignature = 4096

/**
 * Opens a release that lies in a folder: `release.json`, `release.json.sig` and the files. The signature is verified
 * over the exact bytes before anything in them is read. `release-not-found`, `release-unsigned` (no signature),
 * `release-key-unknown`, `release-altered`, `release-incomplete` (no manifest); `malformed` when it is signed and still
 * not a manifest this program knows.
 */
export async function openReleaseFolder(
  folder: string,
  ring: KeyRing = loadKeyRing(),
): Promise<Result<OpenRelease>> {
  const [text, mark] = [join(folder, manifestFile), join(folder, signatureFile)]
  if (!existsSync(text) && !existsSync(mark))
    return fail('release-not-found', { what: folder, where: folder })
  if (!existsSync(mark)) return fail('release-unsigned', { what: folder, where: folder })
  return openReleaseFrom(
    {
      readSmall: (file, limit) => readSmallFile(join(folder, file), limit),
      openFile: (file) => openFileSource(join(folder, file.source), file),
    },
    ring,
  )
}

/** How the files of a release are reached, wherever they lie. Nothing that comes from there is believed. */
export interface ReleaseFiles {
  /** A small file as a whole; `release-altered` when it is longer than `limit` bytes. */
  readSmall(file: string, limit: number): Promise<Result<Uint8Array>>
  /** A file as a stream that checks itself against what was signed. */
  openFile(file: ReleaseFile): Promise<Result<ByteSource>>
}

/** Opens a release by where its files are: its manifest and signature are read first. */
export async function openReleaseFrom(source: ReleaseFiles, ring: KeyRing): Promise<Result<OpenRelease>> {
  const manifest = await source.readSmall(manifestFile, maxManifest)
  if (!manifest.ok) return manifest
  const signature = await source.readSmall(signatureFile, maxSignature)
  if (!signature.ok) return signature
  const documents = { manifest: manifest.value, signature: signature.value }
  return openSignedRelease(documents, ring, (file) => source.openFile(file))
}

/**
 * Opens a release by the bytes of `release.json` and `release.json.sig`, wherever its files lie: the signature is verified
 * over the exact bytes before anything in them is read.
 */
export async function openSignedRelease(
  documents: { readonly manifest: Uint8Array; readonly signature: Uint8Array },
  ring: KeyRing,
  openFile: (file: ReleaseFile) => Promise<Result<ByteSource>>,
): Promise<Result<OpenRelease>> {
  const signer = verifySignature(documents.manifest, documents.signature, ring)
  if (!signer.ok) return signer
  const manifest = readManifest(documents.manifest)
  if (!manifest.ok) return manifest
  const { files } = manifest.value
  return ok({
    manifest: manifest.value,
    sha256: createHash('sha256').update(documents.manifest).digest('hex'),
    signer: { name: signer.value.name, practiceOnly: signer.value.practiceOnly },
    openFile: async (file) => {
      const own = files.find(({ source: name, path }) => name === file.source && path === file.path)
      return own === undefined
        ? fail('not-found', { what: file.source, where: manifest.value.id })
        : openFile(own)
    },
  })
}

function verifySignature(data: Uint8Array, document: Uint8Array, ring: KeyRing): Result<SigningKey> {
  const signature = releaseSignatureSchema.safeParse(parseJson(document))
  if (!signature.success)
    return fail('release-altered', { what: signatureFile, required: 'a signature', found: 'something else' })
  const key = findKey(ring, signature.data)
  if (key === null) return fail('release-key-unknown', { what: signature.data.publicKey })
  if (isSignedBy(key, data, signature.data)) return ok(key)
  return fail('release-altered', {
    file: manifestFile,
    required: `signed by ${key.name}`,
    found: 'other bytes',
  })
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)) as unknown
  } catch {
    return null
  }
}
