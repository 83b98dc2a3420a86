import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytes, MiB, alignUp } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseManifest } from '../model/release.ts'
import type { ReleaseSigner } from './release-signer.ts'

/** A file of the new release: what it holds, its name in the release folder, its place on the boot volume. */
export interface NewReleaseFile {
  readonly source: string
  readonly path: string
  readonly data: Uint8Array
}

/** What a release is made of. */
export interface NewRelease {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly loader: string
  readonly files: readonly NewReleaseFile[]
  readonly memory: { readonly required: number; readonly recommended: number }
  readonly secureBoot: ReleaseManifest['secureBoot']
  readonly practiceOnly?: boolean
  /** What the system takes over at its first start; absent: nothing. */
  readonly firstStart?: ReleaseManifest['firstStart']
}

/** A release that was written. */
export interface BuiltRelease {
  /** The folder with `release.json`, its signature and the files. */
  readonly folder: string
  readonly manifest: ReleaseManifest
  /** SHA-256 of the bytes of `release.json`. */
  readonly sha256: string
  readonly signer: ReleaseSigner['key']
}

/** Kept free for the firmware's own updates, which it unpacks on the boot volume. */
const reserve = bytes(64 * MiB)

/** Writes a release folder and signs its manifest. Depends on nothing but its arguments; `out` is made when absent. */
export async function makeRelease(
  out: string,
  release: NewRelease,
  signer: ReleaseSigner,
): Promise<Result<BuiltRelease>> {
  const manifest = manifestOf(release, signer)
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  await mkdir(out, { recursive: true })
  for (const file of release.files) await writeFile(join(out, file.source), file.data)
  await writeFile(join(out, 'release.json'), text)
  await writeFile(join(out, 'release.json.sig'), `${JSON.stringify(signer.sign(text), null, 2)}\n`)
  return ok({ folder: out, manifest, sha256: sha256(text), signer: signer.key })
}

function manifestOf(release: NewRelease, { key }: ReleaseSigner): ReleaseManifest {
  const total = release.files.reduce((sum, file) => sum + file.data.length, 0)
  return {
    schema: 'berth/release/1',
    id: release.id as ReleaseId,
    name: release.name,
    version: release.version,
    architecture: 'x86_64',
    loader: release.loader,
    files: release.files.map(({ source, path, data }) => ({
      source,
      path,
      size: bytes(data.length),
      sha256: sha256(data),
    })),
    needs: {
      bootSpace: bytes(alignUp(2 * total, MiB)),
      reserve,
      memory: { required: bytes(release.memory.required), recommended: bytes(release.memory.recommended) },
      firmware: ['uefi64'],
      data: null,
    },
    secureBoot: release.secureBoot,
    ...(release.firstStart === undefined ? {} : { firstStart: release.firstStart }),
    practiceOnly: key.practiceOnly || release.practiceOnly === true,
  }
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
