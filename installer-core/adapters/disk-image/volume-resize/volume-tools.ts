import type { Result } from '../../../base/result.ts'

export type ResizableFileSystem = 'ntfs' | 'ext4'

/** Tools that change the size of a file system in a file of its own. */
export interface VolumeTools {
  /** The smallest size in bytes; the file is not changed. */
  limit(fileSystem: ResizableFileSystem, file: string): Promise<Result<number>>
  /** Changes the file system to fill `size` bytes; the file is at least that long. Marks that ask for a check are ignored: the caller has looked. */
  resize(fileSystem: ResizableFileSystem, file: string, size: number): Promise<Result<void>>
}
