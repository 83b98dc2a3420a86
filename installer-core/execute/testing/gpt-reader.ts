import { crc32 as nodeCrc32 } from 'node:zlib'
import type { BytesAt } from './bytes-at.ts'

/** A second, tiny reader of GPT: the copy that a firmware would use. */
export interface ReadPartition {
  readonly guid: string
  readonly type: string
  readonly start: number
  readonly size: number
}

const crc: (data: Buffer) => number = typeof nodeCrc32 === 'function' ? (data) => nodeCrc32(data) : slowCrc32

/** Partitions from the primary copy, or from the backup when the primary does not check; null when neither does. */
export function readGpt(disk: BytesAt): readonly ReadPartition[] | null {
  const last = disk.size / disk.sectorSize - 1
  return readCopy(disk, 1) ?? readCopy(disk, last)
}

/** Offset and length of everything a table occupies: first sector, both headers, both entry arrays. */
export function gptAreas(disk: BytesAt): readonly (readonly [number, number])[] {
  const array = Math.ceil((128 * 128) / disk.sectorSize) * disk.sectorSize
  const head = 2 * disk.sectorSize + array
  const tail = disk.sectorSize + array
  return [
    [0, head],
    [disk.size - tail, tail],
  ]
}

function readCopy(disk: BytesAt, lba: number): readonly ReadPartition[] | null {
  const header = disk.read(lba * disk.sectorSize, disk.sectorSize)
  if (header.toString('latin1', 0, 8) !== 'EFI PART' || header.readUInt32LE(12) !== 92) return null
  const checked = Buffer.from(header.subarray(0, 92))
  checked.writeUInt32LE(0, 16)
  if (crc(checked) !== header.readUInt32LE(16) || Number(header.readBigUInt64LE(24)) !== lba) return null
  const size = header.readUInt32LE(84)
  const count = header.readUInt32LE(80)
  const entries = disk.read(Number(header.readBigUInt64LE(72)) * disk.sectorSize, size * count)
  if (crc(entries) !== header.readUInt32LE(88)) return null
  return Array.from({ length: count }, (_, i) => entries.subarray(i * size, (i + 1) * size))
    .filter((entry) => entry.subarray(0, 16).some((byte) => byte !== 0))
    .map((entry) => {
      const start = Number(entry.readBigUInt64LE(32))
      const blocks = Number(entry.readBigUInt64LE(40)) - start + 1
      return {
        guid: guidAt(entry, 16),
        type: guidAt(entry, 0),
        start: start * disk.sectorSize,
        size: blocks * disk.sectorSize,
      }
    })
}

export function guidAt(data: Buffer, at: number): string {
  const hex = (from: number, to: number) => data.toString('hex', at + from, at + to)
  const swapped = (from: number, to: number) =>
    Buffer.from(data.subarray(at + from, at + to))
      .reverse()
      .toString('hex')
  return `${swapped(0, 4)}-${swapped(4, 6)}-${swapped(6, 8)}-${hex(8, 10)}-${hex(10, 16)}`
}

function slowCrc32(data: Buffer): number {
  let value = 0xffffffff
  for (const byte of data) {
    value ^= byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}
