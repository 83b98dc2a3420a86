import { MiB } from '../../base/bytes.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'

/** What an NTFS boot sector says; positions and sizes in bytes. */
export interface NtfsBoot {
  readonly sectorSize: number
  readonly clusterSize: number
  readonly clusters: number
  readonly size: number
  readonly mftStart: number
  readonly recordSize: number
  readonly indexSize: number
  /** 16 hex digits. */
  readonly serial: string
}

/** Reads an NTFS boot sector. */
export function parseNtfsBoot(data: Uint8Array, work?: Work): Result<NtfsBoot> {
  return parseWith('ntfs', data, readBoot, work)
}

function readBoot(view: ByteView): NtfsBoot {
  const sectorSize = view.u16(11, 'bytesPerSector')
  view.require([512, 1024, 2048, 4096].includes(sectorSize), 'bytesPerSector', 11, '512 to 4096', sectorSize)
  const perCluster = shiftedCount(view, 13, 'sectorsPerCluster')
  const clusterSize = sectorSize * perCluster
  view.require(clusterSize <= 2 * MiB, 'sectorsPerCluster', 13, 'clusters of at most 2 MiB', clusterSize)
  const sectors = view.u64(0x28, 'sectors')
  const clusters = Math.floor(sectors / perCluster)
  view.require(clusters > 0, 'sectors', 0x28, 'at least one cluster', sectors)
  // The boot sector's copy lies in the one sector after those that are counted.
  const size = (sectors + 1) * sectorSize
  view.require(Number.isSafeInteger(size), 'sectors', 0x28, 'a size below 2^53', sectors)
  const mft = view.u64(0x30, 'mftCluster')
  view.require(mft > 0 && mft < clusters, 'mftCluster', 0x30, `1 to ${clusters - 1}`, mft)
  return {
    sectorSize,
    clusterSize,
    clusters,
    size,
    mftStart: mft * clusterSize,
    recordSize: recordLength(view, 0x40, clusterSize, 'recordSize'),
    indexSize: recordLength(view, 0x44, clusterSize, 'indexSize'),
    serial: serial(view),
  }
}

/** A power of two up to 128, or above that 256 - n for 2^n. */
function shiftedCount(view: ByteView, offset: number, field: string): number {
  const value = view.u8(offset, field)
  const count = value > 128 ? 2 ** (256 - value) : value
  view.require(count > 0 && Number.isInteger(Math.log2(count)), field, offset, 'a power of two', value)
  return count
}

/** A count of clusters when positive, else 2^-n bytes; from 512 bytes to 64 KiB. */
function recordLength(view: ByteView, offset: number, clusterSize: number, field: string): number {
  const value = view.u8(offset, field)
  const size = value < 128 ? value * clusterSize : 2 ** (256 - value)
  const fits = size >= 512 && size <= 65_536 && Number.isInteger(Math.log2(size))
  view.require(fits, field, offset, 'a power of two from 512 to 65536', size)
  return size
}

function serial(view: ByteView): string {
  const half = (offset: number) => view.u32(offset, 'serial').toString(16).padStart(8, '0')
  return half(0x4c) + half(0x48)
}
