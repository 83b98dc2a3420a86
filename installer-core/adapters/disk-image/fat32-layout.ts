import { alignUp, GiB, KiB } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { FatFormat } from '../../ports/platform.ts'

/** Where the parts of a new FAT32 volume go; counts are sectors. */
export interface Fat32Layout {
  readonly sectorSize: 512 | 4096
  readonly sectors: number
  /** Sectors of the disk before the volume. */
  readonly hidden: number
  readonly sectorsPerCluster: number
  readonly reserved: number
  readonly fatSectors: number
  readonly clusters: number
}

const reserved = 32
const minimumClusters = 65525
const mostClusters = 0x0ffffff5

/** A layout with 4 KiB clusters, larger on volumes above 8 GiB, smaller where FAT32 needs more of them. `no-space` (required, found in bytes) when it is too small. */
export function layOutFat32(sectorSize: 512 | 4096, sectors: number, hidden: number): Result<Fat32Layout> {
  const usual = Math.max(sectorSize, usualCluster(sectors * sectorSize))
  for (let cluster = usual; cluster >= sectorSize; cluster /= 2) {
    const sectorsPerCluster = cluster / sectorSize
    const fatSectors = fatLength(sectorSize, sectors, sectorsPerCluster)
    const clusters = Math.floor((sectors - reserved - 2 * fatSectors) / sectorsPerCluster)
    if (clusters >= minimumClusters && clusters <= mostClusters)
      return ok({ sectorSize, sectors, hidden, sectorsPerCluster, reserved, fatSectors, clusters })
  }
  const fats = 2 * alignUp(Math.ceil(((minimumClusters + 2) * 4) / sectorSize), 8)
  const required = (reserved + fats + minimumClusters) * sectorSize
  return fail('no-space', { where: 'FAT32', required, found: sectors * sectorSize })
}

/** The first sector of the volume (Microsoft FAT specification 1.03, section 3). */
export function bootSector(layout: Fat32Layout, format: FatFormat): Uint8Array {
  const out = new Uint8Array(layout.sectorSize)
  const fields = new DataView(out.buffer)
  out.set([0xeb, 0x58, 0x90])
  out.set(ascii('MSWIN4.1'), 3)
  fields.setUint16(11, layout.sectorSize, true)
  fields.setUint8(13, layout.sectorsPerCluster)
  fields.setUint16(14, layout.reserved, true)
  fields.setUint8(16, 2)
  fields.setUint8(21, 0xf8)
  fields.setUint16(24, 63, true)
  fields.setUint16(26, 255, true)
  fields.setUint32(28, layout.hidden <= 0xffffffff ? layout.hidden : 0, true)
  fields.setUint32(32, layout.sectors, true)
  fields.setUint32(36, layout.fatSectors, true)
  fields.setUint32(44, 2, true)
  fields.setUint16(48, 1, true)
  fields.setUint16(50, 6, true)
  fields.setUint8(64, 0x80)
  fields.setUint8(66, 0x29)
  fields.setUint32(67, Number.parseInt(format.volumeId, 16), true)
  out.set(label(format), 71)
  out.set(ascii('FAT32   '), 82)
  fields.setUint16(510, 0xaa55, true)
  return out
}

/** FSInfo (section 5): all clusters but the root folder's are free. */
export function infoSector(layout: Fat32Layout): Uint8Array {
  const out = new Uint8Array(layout.sectorSize)
  const fields = new DataView(out.buffer)
  fields.setUint32(0, 0x41615252, true)
  fields.setUint32(484, 0x61417272, true)
  fields.setUint32(488, layout.clusters - 1, true)
  fields.setUint32(492, 3, true)
  fields.setUint32(508, 0xaa550000, true)
  return out
}

/** The first sector of each FAT: two reserved entries, and the root folder's only cluster. */
export function firstFatSector(layout: Fat32Layout): Uint8Array {
  const out = new Uint8Array(layout.sectorSize)
  const fields = new DataView(out.buffer)
  fields.setUint32(0, 0x0ffffff8, true)
  fields.setUint32(4, 0x0fffffff, true)
  fields.setUint32(8, 0x0fffffff, true)
  return out
}

/** The first sector of the root folder: the volume's label. */
export function rootSector(layout: Fat32Layout, format: FatFormat): Uint8Array {
  const out = new Uint8Array(layout.sectorSize)
  out.set(label(format))
  out[11] = 0x08
  const firstDay = 0x0021
  new DataView(out.buffer).setUint16(24, firstDay, true)
  return out
}

function usualCluster(size: number): number {
  if (size <= 8 * GiB) return 4 * KiB
  if (size <= 16 * GiB) return 8 * KiB
  return size <= 32 * GiB ? 16 * KiB : 32 * KiB
}

/** Rounded to 8 sectors, so that clusters keep the alignment of the partition. */
function fatLength(sectorSize: number, sectors: number, sectorsPerCluster: number): number {
  const clusters = Math.ceil((sectors - reserved) / sectorsPerCluster)
  return alignUp(Math.ceil(((clusters + 2) * 4) / sectorSize), 8)
}

function label(format: FatFormat): Uint8Array {
  return ascii(format.label.toUpperCase().padEnd(11).slice(0, 11))
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}
