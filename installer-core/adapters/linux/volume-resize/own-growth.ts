import { join } from 'node:path'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import { openVariableFile } from '../../disk-image/variable-file.ts'
import { OwnShrinks } from './own-shrinks.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import type { LinuxPlaces } from '../linux-places.ts'

const noShrinks = new TextEncoder().encode('{}\n')

/** The file that remembers which volumes are shorter than they were by Berth's doing. */
function shrunkFile({ state }: LinuxPlaces) {
  return openVariableFile(join(state, 'shrunk.json'), noShrinks)
}

/**
 * Volumes whose former size is known: those that Berth shrank, and those that it began to grow. Only such a file system
 * is made to fill a partition which has that size already.
 */
export function shrinksOf(places: LinuxPlaces): OwnShrinks {
  return new OwnShrinks(shrunkFile(places))
}

/** A file system smaller than its partition by more than what never belongs to one (the last cluster and sector). */
export async function isShort({ disk, offset, size }: FoundLinuxPartition): Promise<boolean> {
  const largestCluster = 2 * 1024 * 1024
  const volume = await readVolume(partitionReader(imageBlockDevice(disk, 'read'), offset, size))
  return volume.size !== null && volume.size + largestCluster < size
}
