import { MiB } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import {
  attributeType,
  findAttribute,
  readContent,
  readRecord,
  systemRecord,
  type Ntfs,
} from './ntfs-content.ts'

const piece = MiB
const limit = 512 * MiB
const setBits = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

/**
 * Hands out the bitmap of clusters in use ($Bitmap), piece by piece from the byte that holds cluster `from`: bits, and the
 * cluster of the first one. A bit is 1 for a cluster in use, the lowest bit first; bits behind the last cluster mean
 * nothing. `unsupported` where it cannot be read plainly.
 */
export async function readClusterBitmap(
  ntfs: Ntfs,
  from: number,
  take: (bits: Uint8Array, cluster: number) => void,
): Promise<Result<void>> {
  const record = await readRecord(ntfs, systemRecord.bitmap)
  if (!record.ok) return record
  const bitmap = findAttribute(record.value, attributeType.data, '')
  const length = Math.ceil(ntfs.boot.clusters / 8)
  if (bitmap === undefined || length > limit) return fail('unsupported', { what: 'ntfs-bitmap' })
  for (let at = Math.floor(from / 8); at < length; at += piece) {
    const bits = await readContent(ntfs, bitmap, at, Math.min(piece, length - at))
    if (!bits.ok) return bits
    take(bits.value, at * 8)
  }
  return done
}

/** How many clusters from `from` on are in use. */
export async function countUsedClusters(ntfs: Ntfs, from: number): Promise<Result<number>> {
  const { clusters } = ntfs.boot
  let used = 0
  const read = await readClusterBitmap(ntfs, from, (bits, first) => {
    for (const byte of bits) used += setBits[byte] ?? 0
    // Bits before and behind what was asked for.
    for (let cluster = first; cluster < from; cluster += 1) used -= bitOf(bits, cluster - first)
    for (let cluster = clusters; cluster < first + bits.length * 8; cluster += 1)
      used -= bitOf(bits, cluster - first)
  })
  return read.ok ? ok(used) : read
}

function bitOf(bits: Uint8Array, index: number): number {
  return ((bits[index >> 3] ?? 0) >> (index & 7)) & 1
}
