import { alignUp } from '../../../base/bytes.ts'
import { ok, type Result } from '../../../base/result.ts'
import { parseNtfsBoot } from '../../../probe/volumes/ntfs-boot.ts'
import {
  attributeType,
  findAttribute,
  openNtfs,
  readContent,
  readRecord,
  systemRecord,
} from '../../../probe/volumes/ntfs-content.ts'
import type { VolumeReader } from '../../../probe/volumes/volume-reader.ts'
import { ext4UsedRanges } from './ext4-used-ranges.ts'
import { RangeList, type ByteRange } from './range-list.ts'
import type { ResizableFileSystem } from './volume-tools.ts'

const bitmapPiece = 1024 * 1024
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
  const first = await reader.read(0, largestSector)
  if (!first.ok) return first
  const boot = parseNtfsBoot(first.value)
  if (!boot.ok) return boot
  const ntfs = await openNtfs(boot.value, reader)
  if (!ntfs.ok) return ntfs
  const record = await readRecord(ntfs.value, systemRecord.bitmap)
  if (!record.ok) return record
  const bitmap = findAttribute(record.value, attributeType.data, '')
  const { clusters, clusterSize } = boot.value
  const ranges = new RangeList(reader.size)
  ranges.add(0, largestSector)
  const length = Math.min(Math.ceil(clusters / 8), bitmap?.size ?? 0)
  for (let at = 0; bitmap !== undefined && at < length; at += bitmapPiece) {
    const bits = await readContent(ntfs.value, bitmap, at, Math.min(bitmapPiece, length - at))
    if (!bits.ok) return bits
    bits.value.forEach((byte, i) => {
      for (let bit = 0; byte >> bit > 0; bit += 1)
        if ((byte >> bit) & 1) ranges.add(((at + i) * 8 + bit) * clusterSize, clusterSize)
    })
  }
  const end = clusters * clusterSize
  ranges.add(end, alignUp(boot.value.size - end, boot.value.sectorSize))
  return ok(ranges.list)
}
