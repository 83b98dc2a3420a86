import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { bytes, MiB, alignUp } from '../base/bytes.ts'
import { ok, type Result } from '../base/result.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseFile, ReleaseManifest } from '../model/release.ts'
import type { ReleaseSigner } from './release-signer.ts'

/** A file of the new release: what it holds, its name in the release folder, its place on the boot volume. */
export interface NewReleaseFile {
  readonly source: string
  readonly path: string
  /** Bytes, or the file that holds them. */
  readonly data: Uint8Array | { readonly file: string }
}

/** What a release is made of. */
export interface NewRelease {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly loader: string
  readonly files: readonly NewReleaseFile[]
  readonly memory: { readonly required: number; readonly recommended: number }
  /** A partition of its own for what people write; none when absent. */
  readonly dataPartition?: ReleaseManifest['needs']['data']
  /** Whose graphics it is made for; absent: graphics of any kind. */
  readonly graphics?: ReleaseManifest['needs']['graphics']
  readonly secureBoot: ReleaseManifest['secureBoot']
  /** What a TPM tells of its starts; absent: nothing is predicted. */
  readonly measurements?: ReleaseManifest['measurements']
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
  await mkdir(out, { recursive: true })
  const files: ReleaseFile[] = []
  for (const file of release.files) files.push(await writeReleaseFile(out, file))
  const manifest = manifestOf(release, files, signer)
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  await writeFile(join(out, 'release.json'), text)
  await writeFile(join(out, 'release.json.sig'), `${JSON.stringify(signer.sign(text), null, 2)}\n`)
  return ok({ folder: out, manifest, sha256: sha256(text), signer: signer.key })
}

async function writeReleaseFile(out: string, { source, path, data }: NewReleaseFile): Promise<ReleaseFile> {
  const target = join(out, source)
  const place = { source, path }
  if (data instanceof Uint8Array) {
    await writeFile(target, data)
    return { ...place, size: bytes(data.length), sha256: sha256(data) }
  }
  await copyFile(data.file, target, constants.COPYFILE_FICLONE)
  const hash = createHash('sha256')
  await pipeline(createReadStream(target), hash)
  return { ...place, size: bytes((await stat(target)).size), sha256: hash.digest('hex') }
}

function manifestOf(
  release: NewRelease,
  files: readonly ReleaseFile[],
  { key }: ReleaseSigner,
): ReleaseManifest {
  const total = files.reduce((sum, file) => sum + file.size, 0)
  return {
    schema: 'berth/release/1',
    id: release.id as ReleaseId,
    name: release.name,
    version: release.version,
    architecture: 'x86_64',
    loader: release.loader,
    files,
    needs: {
      bootSpace: bytes(alignUp(2 * total, MiB)),
      reserve,
      memory: { required: bytes(release.memory.required), recommended: bytes(release.memory.recommended) },
      firmware: ['uefi64'],
      data: release.dataPartition ?? null,
      ...(release.graphics === undefined ? {} : { graphics: release.graphics }),
    },
    secureBoot: release.secureBoot,
    ...(release.measurements === undefined ? {} : { measurements: release.measurements }),
    ...(release.firstStart === undefined ? {} : { firstStart: release.firstStart }),
    practiceOnly: key.practiceOnly || release.practiceOnly === true,
  }
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
