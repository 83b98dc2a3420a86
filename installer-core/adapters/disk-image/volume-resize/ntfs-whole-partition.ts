import { done, type Result } from '../../../base/result.ts'
import { parseNtfsBoot } from '../../../probe/volumes/ntfs-boot.ts'
import type { ScratchCopy } from './scratch-copy.ts'

const sectorsAt = 0x28

/**
 * Lets a grown NTFS claim its partition to the last sector but one, where Windows ends it too, with the copy of the boot
 * sector in the last: ntfsresize stops at a whole cluster, and the volume would not be back at its former size.
 */
export function claimWholePartition(copy: ScratchCopy, size: number): Result<void> {
  const first = copy.read(0, 4096)
  if (!first.ok) return first
  const boot = parseNtfsBoot(first.value)
  if (!boot.ok) return boot
  const { sectorSize, clusterSize, clusters } = boot.value
  const sectors = Math.floor(size / sectorSize) - 1
  if (Math.floor((sectors * sectorSize) / clusterSize) !== clusters) return done
  const sector = first.value.slice(0, sectorSize)
  new DataView(sector.buffer).setBigUint64(sectorsAt, BigInt(sectors), true)
  const written = copy.write(0, sector)
  return written.ok ? copy.write(sectors * sectorSize, sector) : written
}
