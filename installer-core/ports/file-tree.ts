import type { Bytes } from '../base/bytes.ts'
import type { Result } from '../base/result.ts'
import type { ByteSource } from './byte-source.ts'

export interface FileEntry {
  readonly name: string
  readonly kind: 'file' | 'folder'
  readonly size: Bytes
}

/**
 * The files of one boot volume. Paths are absolute and `/`-separated; names compare without case as FAT does, and keep
 * the case they were given. Changes are durable only after `sync`; after a cut before it, `openBootVolume` shows either
 * all of them or none that could be mistaken for finished ones.
 */
export interface FileTree {
  list(folder: string): Promise<Result<readonly FileEntry[]>>
  /** Null when there is nothing of that name. */
  stat(path: string): Promise<Result<FileEntry | null>>
  openRead(path: string): Promise<Result<ByteSource>>
  /** Makes a new file from `source`; `already-exists` when the name is taken, `no-space` with required and found. */
  create(path: string, source: ByteSource): Promise<Result<void>>
  /** Within one volume; `already-exists` when the new name is taken. */
  rename(from: string, to: string): Promise<Result<void>>
  /**
   * Writes zeros over a file's bytes where they lie, before `remove` would only forget them; `not-found` when it is not
   * there. A cut leaves any part of it zero. Disks without moving parts may still hold the old bytes somewhere.
   */
  erase(path: string): Promise<Result<void>>
  /** Removes a file, or a folder that is empty; `not-found` when it is not there. */
  remove(path: string): Promise<Result<void>>
  /** Makes one folder; succeeds when it is already there. */
  makeFolder(path: string): Promise<Result<void>>
  free(): Promise<Result<Bytes>>
  /** Everything written so far survives a cut from here on. */
  sync(): Promise<Result<void>>
  /** Lets go of the volume; what was not synced may be lost. */
  close(): Promise<Result<void>>
}
