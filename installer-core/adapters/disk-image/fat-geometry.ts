import { malformed, ok, type Result } from '../../base/result.ts'
import { parseWith, type ByteView } from '../../formats/byte-view.ts'

/** Where things lie on a FAT volume, in sectors from its start (Microsoft FAT specification 1.03, section 3). */
export interface FatGeometry {
  readonly kind: 'fat12' | 'fat16' | 'fat32'
  readonly sectorSize: number
  readonly sectorsPerCluster: number
  readonly firstFatSector: number
  /** First sector of cluster 2. */
  readonly firstDataSector: number
  readonly clusters: number
  /** Sector of FAT32's FSInfo; null on FAT12 and FAT16. */
  readonly infoSector: number | null
  /** Length of the volume. */
  readonly sectors: number
}

/** Reads the geometry from the volume's first sector; `malformed` when it is no FAT of this sector size. */
export function parseFatGeometry(boot: Uint8Array, sectorSize: number): Result<FatGeometry> {
  const parsed = parseWith('fat', boot, readGeometry)
  if (!parsed.ok || parsed.value.sectorSize === sectorSize) return parsed
  return malformed('fat', 'bytes per sector', 11, sectorSize, parsed.value.sectorSize)
}

function readGeometry(view: ByteView): FatGeometry {
  const sectorSize = view.u16(11, 'bytes per sector')
  view.require(sectorSize === 512 || sectorSize === 4096, 'bytes per sector', 11, '512 or 4096', sectorSize)
  const sectorsPerCluster = view.u8(13, 'sectors per cluster')
  const isPower = sectorsPerCluster > 0 && (sectorsPerCluster & (sectorsPerCluster - 1)) === 0
  view.require(isPower, 'sectors per cluster', 13, 'a power of two', sectorsPerCluster)
  const reserved = view.u16(14, 'reserved sectors')
  view.require(reserved > 0, 'reserved sectors', 14, 'at least 1', reserved)
  const fats = view.u8(16, 'number of FATs')
  view.require(fats === 1 || fats === 2, 'number of FATs', 16, '1 or 2', fats)
  const rootSectors = Math.ceil((view.u16(17, 'root entries') * 32) / sectorSize)
  const sectors = view.u16(19, 'sectors') || view.u32(32, 'sectors')
  const fatSectors = view.u16(22, 'sectors per FAT') || view.u32(36, 'sectors per FAT')
  view.require(fatSectors > 0, 'sectors per FAT', 36, 'at least 1', fatSectors)
  const firstDataSector = reserved + fats * fatSectors + rootSectors
  view.require(sectors > firstDataSector, 'sectors', 32, `more than ${firstDataSector}`, sectors)
  const clusters = Math.floor((sectors - firstDataSector) / sectorsPerCluster)
  const kind = clusters < 4085 ? 'fat12' : clusters < 65525 ? 'fat16' : 'fat32'
  const infoSector = kind === 'fat32' ? view.u16(48, 'FSInfo sector') : null
  return {
    kind,
    sectorSize,
    sectorsPerCluster,
    firstFatSector: reserved,
    firstDataSector,
    clusters,
    infoSector,
    sectors,
  }
}

/** The cluster a data sector belongs to; null for sectors before the data area. */
export function clusterOf(geometry: FatGeometry, sector: number): number | null {
  if (sector < geometry.firstDataSector) return null
  return 2 + Math.floor((sector - geometry.firstDataSector) / geometry.sectorsPerCluster)
}

/** Where the FAT keeps a cluster's entry: the sector and the byte in it. Null for FAT12, whose entries straddle sectors. */
export function entryPlace(
  geometry: FatGeometry,
  cluster: number,
): { readonly sector: number; readonly byte: number; readonly width: 2 | 4 } | null {
  if (geometry.kind === 'fat12') return null
  const width = geometry.kind === 'fat16' ? 2 : 4
  const at = cluster * width
  return {
    sector: geometry.firstFatSector + Math.floor(at / geometry.sectorSize),
    byte: at % geometry.sectorSize,
    width,
  }
}

/** The check of a volume before it is mounted: does it end within its partition? */
export function checkFits(geometry: FatGeometry, partitionSectors: number): Result<FatGeometry> {
  if (geometry.sectors <= partitionSectors) return ok(geometry)
  return malformed('fat', 'sectors', 32, `at most ${partitionSectors}`, geometry.sectors)
}
