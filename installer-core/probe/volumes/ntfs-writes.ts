import type { Bytes } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import { countUsedClusters } from './ntfs-bitmap.ts'
import {
  attributeType,
  findAttribute,
  readNtfs,
  readRecord,
  systemRecord,
  type Ntfs,
} from './ntfs-content.ts'
import type { VolumeReader } from './volume-reader.ts'

/** An overlay takes up whole pieces of this length, however little of one is written. */
const chunk = 4096

/**
 * Bytes that ntfsresize writes at most when it shrinks an NTFS to `to` bytes: every cluster in use behind the new end at
 * another place, the record of the file that it belongs to (at most one for each cluster, and no more than there are),
 * the whole log, which it blanks, and the bitmap of clusters, which it writes anew.
 */
export async function ntfsWrites(reader: VolumeReader, to: Bytes): Promise<Result<number>> {
  const ntfs = await readNtfs(reader)
  if (!ntfs.ok) return ntfs
  const { clusters, clusterSize } = ntfs.value.boot
  const moved = await countUsedClusters(ntfs.value, Math.floor(to / clusterSize))
  const log = moved.ok ? await lengthOf(ntfs.value, systemRecord.log) : moved
  if (!moved.ok || !log.ok) return log
  const records = Math.min(moved.value * chunk, ntfs.value.mft.size)
  return ok(moved.value * clusterSize + records + log.value + Math.ceil(clusters / 8))
}

async function lengthOf(ntfs: Ntfs, number: number): Promise<Result<number>> {
  const record = await readRecord(ntfs, number)
  return record.ok ? ok(findAttribute(record.value, attributeType.data, '')?.size ?? 0) : record
}
