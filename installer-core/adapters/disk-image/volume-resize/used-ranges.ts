import { alignUp } from '../../../base/bytes.ts'
import { ok, type Result } from '../../../base/result.ts'
import { readClusterBitmap } from '../../../probe/volumes/ntfs-bitmap.ts'
import { readNtfs } from '../../../probe/volumes/ntfs-content.ts'
import type { VolumeReader } from '../../../probe/volumes/volume-reader.ts'
import { ext4UsedRanges } from './ext4-used-ranges.ts'
import { RangeList, type ByteRange } from './range-list.ts'
import type { ResizableFileSystem } from './volume-tools.ts'

const largestSector = 4096

/**
 * The parts of a volume that may hold something: of ext4 its blocks in use; of NTFS its allocated clusters, its first
 * sectors and the copy of the boot sector behind the last cluster; where that is not plain to read, all of it.
 */
export async function usedRanges(
  fileSystem: ResizableFileSystem,
  reader: VolumeReader,
): Promise<Result<readonly ByteRange[]>> {
  const used = await (fileSystem === 'ext4' ? ext4UsedRanges(reader) : allocatedClusters(reader))
  if (used.ok) return used
  return used.failure.code === 'unsupported' ? ok([{ offset: 0, length: reader.size }]) : used
}

async function allocatedClusters(reader: VolumeReader): Promise<Result<readonly ByteRange[]>> {
  const ntfs = await readNtfs(reader)
  if (!ntfs.ok) return ntfs
  const { clusters, clusterSize, size, sectorSize } = ntfs.value.boot
  const ranges = new RangeList(reader.size)
  ranges.add(0, largestSector)
  const read = await readClusterBitmap(ntfs.value, 0, (bits, cluster) => {
    bits.forEach((byte, i) => {
      for (let bit = 0; byte >> bit > 0; bit += 1)
        if ((byte >> bit) & 1) ranges.add((cluster + i * 8 + bit) * clusterSize, clusterSize)
    })
  })
  if (!read.ok) return read
  const end = clusters * clusterSize
  ranges.add(end, alignUp(size - end, sectorSize))
  return ok(ranges.list)
}
