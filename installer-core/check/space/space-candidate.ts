import { bytes, type Bytes } from '../../base/bytes.ts'
import type { Choices } from '../../model/choices.ts'
import type { Disk, Gap, Partition } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import type { Finding } from '../finding.ts'
import { isEsp, isPortable, isXbootldr, systemEsp } from '../locate.ts'
import { bootVolumeRefusal } from './boot-volume-fitness.ts'
import { diskRefusal, tableEditRefusal } from './disk-fitness.ts'
import { mayBeAsked, shrinkRefusal, shrinkRoom } from './shrink-fitness.ts'
import { leastRoom, spaceNeed } from './space-need.ts'

/** One way to come by boot space. */
export interface SpaceCandidate {
  readonly kind: 'esp' | 'xbootldr' | 'gap' | 'shrink'
  readonly disk: Disk
  /** The volume to use or to shrink; null for a gap. */
  readonly partition: Partition | null
  readonly gap: Gap | null
  /** Free bytes of the volume, or the room it gives for new partitions. */
  readonly available: Bytes
  /** Why it is out of the question, whatever the size; null when it is not. */
  readonly refusal: Finding | null
}

/** Fixed disks, the present system's first, then the larger ones; only the chosen one when one is chosen. */
export function disksInOrder(machine: Machine, choices: Choices): readonly Disk[] {
  if (choices.disk !== undefined) return machine.disks.filter((disk) => disk.id === choices.disk)
  const first = systemEsp(machine)?.disk
  const rank = (disk: Disk): number => (disk === first ? 0 : 1)
  return machine.disks
    .filter((disk) => !isPortable(disk))
    .sort((a, b) => rank(a) - rank(b) || b.size - a.size || (a.id < b.id ? -1 : 1))
}

/** Every way on one disk, fit or not: its boot volumes, its gaps, its volumes that might be shrunk. */
export function candidatesOn(
  machine: Machine,
  disk: Disk,
  choices: Choices,
  release: ReleaseManifest,
): readonly SpaceCandidate[] {
  const whole = diskRefusal(machine, disk)
  const edits = whole ?? tableEditRefusal(disk)
  const need = spaceNeed(choices, release, disk.sectorSize)
  return [
    ...bootVolumes(machine, disk).map((partition): SpaceCandidate => ({
      kind: isEsp(partition) ? 'esp' : 'xbootldr',
      disk,
      partition,
      gap: null,
      available: partition.volume.free ?? bytes(0),
      refusal: whole ?? bootVolumeRefusal(machine, { disk, partition }, release, need.onVolume),
    })),
    ...disk.gaps.map((gap): SpaceCandidate => ({
      kind: 'gap',
      disk,
      partition: null,
      gap,
      available: gap.size,
      refusal: edits,
    })),
    ...disk.partitions.filter(mayBeAsked).map((partition): SpaceCandidate => ({
      kind: 'shrink',
      disk,
      partition,
      gap: null,
      available: shrinkRoom({ disk, partition }),
      refusal: edits ?? shrinkRefusal(machine, { disk, partition }, leastRoom(need)),
    })),
  ]
}

/** Boot volumes of a disk: the present system's ESP, XBOOTLDR, then other ESPs. */
function bootVolumes(machine: Machine, disk: Disk): readonly Partition[] {
  const own = systemEsp(machine)?.partition
  const rank = (partition: Partition): number => (partition === own ? 0 : isXbootldr(partition) ? 1 : 2)
  return disk.partitions
    .filter((partition) => isEsp(partition) || isXbootldr(partition))
    .sort((a, b) => rank(a) - rank(b) || a.start - b.start)
}
