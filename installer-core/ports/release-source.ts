import type { Result } from '../base/result.ts'
import type { ReleaseFile, ReleaseManifest } from '../model/release.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ByteSource } from './byte-source.ts'

/** A release whose manifest signature was verified. Its files are checked against the manifest while they are read. */
export interface OpenRelease {
  readonly manifest: ReleaseManifest
  /** SHA-256 of the bytes of `release.json`. */
  readonly sha256: string
  /** The key that signed it. */
  readonly signer: { readonly name: string; readonly practiceOnly: boolean }
  openFile(file: ReleaseFile): Promise<Result<ByteSource>>
}

export interface ReleaseSource {
  list(): Promise<Result<readonly ReleaseId[]>>
  /** Opens by id; `release-unsigned`, `release-altered`, `release-incomplete`, `release-key-unknown` are refusals. */
  open(id: ReleaseId): Promise<Result<OpenRelease>>
}
