import { done, type Result } from '../../base/result.ts'
import type { FatFormat } from '../../ports/platform.ts'
import { bootSector, firstFatSector, infoSector, layOutFat32, rootSector } from './fat32-layout.ts'
import type { RawDisk } from './raw-disk.ts'

/** A range of sectors of a disk. */
export interface SectorRange {
  /** First sector. */
  readonly start: number
  readonly blocks: number
}

const pieceBytes = 1024 * 1024

/**
 * Makes an empty FAT32 in a range that holds no known file system. Its first sector comes last, behind a flush: until
 * then nothing there can be taken for a file system.
 */
export function formatFat32(disk: RawDisk, range: SectorRange, format: FatFormat): Result<void> {
  const planned = layOutFat32(disk.sectorSize, range.blocks, range.start)
  if (!planned.ok) return planned
  const layout = planned.value
  const { reserved, fatSectors, sectorsPerCluster } = layout
  const at = (sector: number): number => (range.start + sector) * disk.sectorSize
  const boot = bootSector(layout, format)
  const info = infoSector(layout)
  const firstData = reserved + 2 * fatSectors
  const zeroed = clear(disk, at(0), (firstData + sectorsPerCluster) * disk.sectorSize)
  if (!zeroed.ok) return zeroed
  const structure = writeAll(disk, [
    [at(1), info],
    [at(6), boot],
    [at(7), info],
    [at(reserved), firstFatSector(layout)],
    [at(reserved + fatSectors), firstFatSector(layout)],
    [at(firstData), rootSector(layout, format)],
  ])
  return structure.ok ? writeAll(disk, [[at(0), boot]]) : structure
}

function writeAll(disk: RawDisk, writes: readonly (readonly [number, Uint8Array])[]): Result<void> {
  for (const [offset, data] of writes) {
    const written = disk.write(offset, data)
    if (!written.ok) return written
  }
  return disk.flush()
}

/** Zeros where there are none yet: a sparse image stays sparse. */
function clear(disk: RawDisk, offset: number, length: number): Result<void> {
  for (let at = 0; at < length; at += pieceBytes) {
    const count = Math.min(pieceBytes, length - at)
    const found = disk.read(offset + at, count)
    if (!found.ok) return found
    if (found.value.every((byte) => byte === 0)) continue
    const written = disk.write(offset + at, new Uint8Array(count))
    if (!written.ok) return written
  }
  return done
}
