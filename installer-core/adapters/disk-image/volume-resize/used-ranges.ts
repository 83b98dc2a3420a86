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
import type { ResizableFileSystem } from './volume-tools.ts'

/** A stretch of a volume in bytes from its start. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

const bitmapPiece = 1024 * 1024
const largestSector = 4096

/**
 * The parts of a volume that may hold something: of NTFS its allocated clusters, its first sectors and the copy of the
 * boot sector behind the last cluster; of everything else, and of an NTFS whose bitmap is not plain to read, all of it.
 */
export async function usedRanges(
  fileSystem: ResizableFileSystem,
  reader: VolumeReader,
): Promise<Result<readonly ByteRange[]>> {
  const all = [{ offset: 0, length: reader.size }]
  if (fileSystem !== 'ntfs') return ok(all)
  const clusters = await allocatedClusters(reader)
  if (clusters.ok) return clusters
  return clusters.failure.code === 'unsupported' ? ok(all) : clusters
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

/** Joins neighbours as they come. */
class RangeList {
  readonly list: { offset: number; length: number }[] = []
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  add(offset: number, length: number): void {
    const end = Math.min(offset + length, this.#size)
    const last = this.list.at(-1)
    if (last !== undefined && offset <= last.offset + last.length)
      last.length = Math.max(last.length, end - last.offset)
    else if (offset < end) this.list.push({ offset, length: end - offset })
  }
}
