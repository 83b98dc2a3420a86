import { MiB } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'
import type { SafeText } from '../../model/primitives.ts'
import { safeLatin1, safeText } from '../safe-text.ts'
import { hasText, volume, type VolumeFormat, type VolumeSample } from './volume-format.ts'
import type { VolumeReader } from './volume-reader.ts'

/** A FAT's geometry, in bytes unless said otherwise (Microsoft's FAT specification 1.03, section 3). */
export interface FatGeometry {
  readonly kind: 'fat12' | 'fat16' | 'fat32'
  readonly sectorSize: number
  readonly clusterSize: number
  /** Number of data clusters. */
  readonly clusters: number
  readonly size: number
  readonly fatStart: number
  readonly fatLength: number
  readonly rootStart: number
  readonly rootLength: number
  /** Position of FSInfo; null before FAT32 or when the boot sector names none. */
  readonly infoStart: number | null
  /** The boot sector's own dirty bit. */
  readonly markedDirty: boolean
  readonly label: SafeText
  readonly volumeId: string
}

const bits = { fat12: 12, fat16: 16, fat32: 32 } as const
const countedFat = 32 * MiB
const rootSearched = 64 * 1024

/**
 * Reads a FAT boot sector. Below 65,525 clusters a volume is FAT12 or FAT16 by its count alone; one whose 16-bit FAT
 * length is zero has FAT32's layout whatever the count, as every driver reads it.
 */
export function parseFat(data: Uint8Array, work?: Work): Result<FatGeometry> {
  return parseWith('fat', data, readGeometry, work)
}

function readGeometry(view: ByteView): FatGeometry {
  const sectorSize = view.u16(11, 'bytesPerSector')
  const perCluster = view.u8(13, 'sectorsPerCluster')
  view.require([512, 1024, 2048, 4096].includes(sectorSize), 'bytesPerSector', 11, '512 to 4096', sectorSize)
  view.require(isPowerOfTwo(perCluster), 'sectorsPerCluster', 13, 'a power of two', perCluster)
  const reserved = view.u16(14, 'reservedSectors')
  view.require(reserved > 0, 'reservedSectors', 14, 'at least 1', reserved)
  const fats = view.u8(16, 'fats')
  view.require(fats >= 1 && fats <= 4, 'fats', 16, '1 to 4', fats)
  const rootEntries = view.u16(17, 'rootEntries')
  const total = view.u16(19, 'sectors16') || view.u32(32, 'sectors32')
  const fat16Length = view.u16(22, 'fatLength16')
  const isFat32 = fat16Length === 0
  const fatSectors = isFat32 ? view.u32(36, 'fatLength32') : fat16Length
  const rootSectors = Math.ceil((rootEntries * 32) / sectorSize)
  const dataStart = reserved + fats * fatSectors + rootSectors
  view.require(fatSectors > 0, 'fatLength', isFat32 ? 36 : 22, 'at least 1', fatSectors)
  view.require(total > dataStart, 'sectors', 32, `more than ${dataStart}`, total)
  const clusters = Math.floor((total - dataStart) / perCluster)
  const kind = isFat32 ? 'fat32' : clusters < 4085 ? 'fat12' : 'fat16'
  const found = Math.floor((fatSectors * sectorSize * 8) / bits[kind])
  view.require(found >= clusters + 2, 'fatLength', isFat32 ? 36 : 22, `room for ${clusters + 2}`, found)
  const geometry = { kind, sectorSize, clusterSize: perCluster * sectorSize, clusters } as const
  const layout = {
    size: total * sectorSize,
    fatStart: reserved * sectorSize,
    fatLength: fatSectors * sectorSize,
  }
  const fixedRoot = { start: (reserved + fats * fatSectors) * sectorSize, length: rootEntries * 32 }
  return isFat32
    ? { ...geometry, ...layout, ...readFat32(view, geometry.clusterSize, dataStart * sectorSize, clusters) }
    : { ...geometry, ...layout, ...readFat16(view, fixedRoot) }
}

function readFat16(view: ByteView, root: { readonly start: number; readonly length: number }) {
  view.require(root.length > 0, 'rootEntries', 17, 'at least 1', 0)
  return {
    rootStart: root.start,
    rootLength: root.length,
    infoStart: null,
    ...readExtended(view, 36),
  }
}

function readFat32(view: ByteView, clusterSize: number, dataStart: number, clusters: number) {
  const rootCluster = view.u32(44, 'rootCluster')
  view.require(
    rootCluster >= 2 && rootCluster < clusters + 2,
    'rootCluster',
    44,
    `2 to ${clusters + 1}`,
    rootCluster,
  )
  const info = view.u16(48, 'fsInfo')
  return {
    rootStart: dataStart + (rootCluster - 2) * clusterSize,
    rootLength: clusterSize,
    infoStart: info === 0 || info === 0xffff ? null : info * view.u16(11, 'bytesPerSector'),
    ...readExtended(view, 64),
  }
}

/** The extended boot record: drive number, state, signature, volume id, label. */
function readExtended(view: ByteView, at: number) {
  const hasId = [0x28, 0x29].includes(view.u8(at + 2, 'extendedSignature'))
  const label =
    view.u8(at + 2, 'extendedSignature') === 0x29 ? safeLatin1(view.bytes(at + 7, 11, 'label')) : ''
  return {
    markedDirty: (view.u8(at + 1, 'state') & 1) !== 0,
    volumeId: hasId
      ? view
          .u32(at + 3, 'volumeId')
          .toString(16)
          .padStart(8, '0')
      : '',
    label: safeText(label === 'NO NAME' ? '' : label),
  }
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0
}

/** Free clusters among `clusters`, counted in the bytes of a FAT; entries 0 and 1 stand for no cluster. */
export function countFree(fat: Uint8Array, kind: FatGeometry['kind'], clusters: number): number {
  const view = new DataView(fat.buffer, fat.byteOffset, fat.byteLength)
  let free = 0
  for (let cluster = 2; cluster < clusters + 2; cluster += 1) {
    const entry =
      kind === 'fat32'
        ? view.getUint32(cluster * 4, true) & 0x0fffffff
        : kind === 'fat16'
          ? view.getUint16(cluster * 2, true)
          : (view.getUint16(cluster + (cluster >> 1), true) >> (cluster & 1 ? 4 : 0)) & 0xfff
    if (entry === 0) free += 1
  }
  return free
}

/** The label kept in the root folder, which wins over the boot sector's; null when there is none. */
export function findLabel(root: Uint8Array): SafeText | null {
  for (let at = 0; at + 32 <= root.length && root[at] !== 0; at += 32) {
    const attributes = root[at + 11] ?? 0
    if (root[at] !== 0xe5 && (attributes & 0x3f) !== 0x0f && (attributes & 0x08) !== 0)
      return safeLatin1(root.subarray(at, at + 11))
  }
  return null
}

async function readFree(fat: FatGeometry, reader: VolumeReader): Promise<Result<number | null>> {
  const needed = Math.ceil(((fat.clusters + 2) * bits[fat.kind]) / 8) + 1
  if (needed <= countedFat) {
    const table = await reader.read(fat.fatStart, Math.min(needed, fat.fatLength))
    return table.ok ? ok(countFree(table.value, fat.kind, fat.clusters) * fat.clusterSize) : table
  }
  if (fat.infoStart === null) return ok(null)
  const info = await reader.read(fat.infoStart, 512)
  if (!info.ok) return info
  const free = new DataView(info.value.buffer, info.value.byteOffset).getUint32(488, true)
  const valid = hasText(info.value, 0, 'RRaA') && hasText(info.value, 484, 'rrAa') && free <= fat.clusters
  return ok(valid ? free * fat.clusterSize : null)
}

/** Entry 1 of the FAT holds "was closed cleanly" and "no read or write error"; FAT12 has no room for them. */
async function readDirty(fat: FatGeometry, reader: VolumeReader): Promise<Result<boolean>> {
  const start = await reader.read(fat.fatStart, 8)
  if (!start.ok) return start
  const top = start.value[fat.kind === 'fat32' ? 7 : 3] ?? 0
  const clean = fat.kind === 'fat32' ? 0x0c : 0xc0
  return ok(fat.markedDirty || (fat.kind !== 'fat12' && (top & clean) !== clean))
}

function matches({ head }: VolumeSample): boolean {
  const jump = (head[0] === 0xeb && head[2] === 0x90) || head[0] === 0xe9
  const other = ['NTFS    ', 'EXFAT   ', '-FVE-FS-', 'ReFS\0\0\0\0'].some((id) => hasText(head, 3, id))
  return jump && !other && head[510] === 0x55 && head[511] === 0xaa && parseFat(head).ok
}

/** FAT12, FAT16 and FAT32: free space by counting, up to a FAT of 32 MiB; beyond it what FSInfo says. */
export const fatFormat: VolumeFormat = {
  matches,
  async read({ head }, reader) {
    const fat = parseFat(head)
    if (!fat.ok) return fat
    const free = await readFree(fat.value, reader)
    if (!free.ok) return free
    const dirty = await readDirty(fat.value, reader)
    if (!dirty.ok) return dirty
    const { kind, size, volumeId, rootStart, rootLength } = fat.value
    const root = await reader.read(rootStart, Math.min(rootLength, rootSearched))
    const label = (root.ok ? findLabel(root.value) : null) ?? fat.value.label
    return ok(volume(kind, { size, free: free.value, dirty: dirty.value, label, uuid: volumeId }))
  },
}
