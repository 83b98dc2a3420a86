import type { Bytes } from '../base/bytes.ts'
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
  /** What a catalogue adds; absent for a release that lies in a folder. */
  readonly offer?: ReleaseOffer
  /** A file that is not on this computer yet is fetched while it is read. */
  openFile(file: ReleaseFile): Promise<Result<ByteSource>>
}

/** What a catalogue says of a release that it offers. */
export interface ReleaseOffer {
  readonly channel: string
  /** Bytes that are still to be fetched before it can be installed; 0 when all of them are here. */
  readonly missing: Bytes
  /** In a few words, by language; English is always there. */
  readonly about: Readonly<Record<string, string>>
  /** A picture (PNG) and what it shows, by language; null when there is none or it was not fetched. */
  readonly picture: { readonly data: Uint8Array; readonly alt: Readonly<Record<string, string>> } | null
}

export interface ReleaseSource {
  list(): Promise<Result<readonly ReleaseId[]>>
  /** Opens by id; `release-unsigned`, `release-altered`, `release-incomplete`, `release-key-unknown` are refusals. */
  open(id: ReleaseId): Promise<Result<OpenRelease>>
}
