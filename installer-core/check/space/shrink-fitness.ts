import { MiB, alignDown, alignUp, bytes, type Bytes } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import type { Bitlocker, Partition, Volume } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import { finding, type Finding, type FindingEvidence } from '../finding.ts'
import { extent, type Place } from '../locate.ts'

const shrinkable: readonly Volume['fileSystem'][] = ['ntfs', 'ext4', 'btrfs']
const ordinaryTypes: readonly (string | null)[] = [
  partitionType.microsoftBasicData,
  partitionType.linuxGeneric,
  partitionType.linuxRootX64,
  partitionType.linuxHome,
  partitionType.linuxVar,
]

/** What holds volumes of its own, by the name that people know it by. */
const managers: Partial<Record<Volume['fileSystem'], string>> = {
  lvm: 'LVM',
  luks: 'LUKS',
  'linux-raid': 'RAID',
  zfs: 'ZFS',
}
/** A Linux root may lie in these, which Berth does not make smaller. */
const fixed: readonly Volume['fileSystem'][] = ['ext2', 'ext3', 'xfs', 'f2fs']

/** True for a partition that a person could think of as giving room, so that it has to be said when it cannot. */
export function mayBeAsked(partition: Partition): boolean {
  const { fileSystem } = partition.volume
  if (fileSystem in managers) return !isRequired(partition)
  return mightShrink(partition) || (fixed.includes(fileSystem) && ordinaryTypes.includes(partition.typeGuid))
}

/** True for a volume of a kind that Berth makes smaller, whatever its state. */
export function mightShrink(partition: Partition): boolean {
  const locked = partition.volume.fileSystem === 'bitlocker' || isProtected(partition.volume.bitlocker)
  return (
    (shrinkable.includes(partition.volume.fileSystem) || locked) &&
    ordinaryTypes.includes(partition.typeGuid) &&
    !isRequired(partition)
  )
}

/** True when BitLocker has, or may have, a hand on the volume: its file system must not be changed from outside. */
export function isProtected(bitlocker: Bitlocker | null): boolean {
  return bitlocker !== null && (bitlocker.conversion !== 'fully-decrypted' || bitlocker.protection !== 'off')
}

/** Why this volume must not be shrunk now to give `required` bytes; null when it may, down to `shrinkFloor`. */
export function shrinkRefusal(machine: Machine, place: Place, required: Bytes): Finding | null {
  const { partition } = place
  const { volume } = partition
  if (volume.fileSystem === 'bitlocker' || isProtected(volume.bitlocker)) {
    return refuse(partition, 'bitlocker-shrink')
  }
  const manager = managers[volume.fileSystem]
  if (manager !== undefined) {
    return refuse(partition, 'volume-managed', { required, found: partition.size, facts: { manager } })
  }
  if (!mightShrink(partition)) return refuse(partition, 'volume-not-shrinkable')
  if (volume.hibernated === true) return refuse(partition, 'volume-hibernated')
  // Whoever but Windows resizes it leaves it marked for a check, and Linux does not mount what is marked so for writing.
  if (volume.neededAtStart === true && volume.fileSystem === 'ntfs')
    return refuse(partition, 'volume-needed-at-start')
  // Before its marks: ext4 says of itself that it needs its journal as long as it is mounted.
  if (isBusy(machine, volume)) return inUse(place, required)
  if (volume.dirty === true) return refuse(partition, 'volume-dirty')
  if (shrinkFloor(partition) === null) return refuse(partition, 'volume-shrink-limit-unknown')
  return null
}

/**
 * The size in bytes below which the volume must not go: its own limit, or where that is not known before trying, what
 * is in use and a twentieth more. Null when neither is known.
 */
export function shrinkFloor(partition: Partition): Bytes | null {
  const { shrinkLimit, free, size } = partition.volume
  if (shrinkLimit !== null) return shrinkLimit
  if (free === null) return null
  const used = Math.max(0, (size ?? partition.size) - free)
  return bytes(alignUp(used + Math.ceil(used / 20) + 16 * MiB, MiB))
}

/** The room, in bytes, that shrinking to its floor would give: whole MiB at the end of the partition. */
export function shrinkRoom({ disk, partition }: Place): Bytes {
  const floor = shrinkFloor(partition)
  if (floor === null) return bytes(0)
  const { start, end } = extent(disk, partition)
  return bytes(Math.max(0, alignDown(end, MiB) - alignUp(start + floor, MiB)))
}

/** ext4 shrinks only while it is not mounted, btrfs only while it is, NTFS in a running Windows or at rest. */
function isBusy(machine: Machine, volume: Volume): boolean {
  if (volume.fileSystem === 'btrfs') return volume.inUse.length === 0
  if (volume.fileSystem === 'ntfs' && machine.running.os === 'windows') return false
  return volume.inUse.length > 0
}

/** Bit 0: the platform needs this partition (UEFI 2.10, 5.3.3). */
function isRequired(partition: Partition): boolean {
  return (Number.parseInt(partition.attributes.slice(-1), 16) & 1) === 1
}

/** What it could give if nobody used it is said too: whether ending the use would help at all. */
function inUse(place: Place, required: Bytes): Finding {
  const { partition } = place
  const room = shrinkFloor(partition) === null ? null : shrinkRoom(place)
  const runsHere = (partition.volume.inUse as readonly string[]).includes('/')
  return refuse(partition, runsHere ? 'volume-holds-root' : 'volume-in-use', {
    required,
    ...(room === null ? {} : { found: room }),
    facts: { missing: room === null || room >= required ? null : bytes(required - room) },
  })
}

function refuse(partition: Partition, id: Finding['id'], evidence: FindingEvidence = {}): Finding {
  return finding(id, 'blocker', {
    ...evidence,
    where: partition.id,
    facts: {
      volume: volumeName(partition),
      fileSystem: partition.volume.fileSystem,
      requiredByPlatform: isRequired(partition),
      usedBy: partition.volume.inUse.join(', '),
      ...evidence.facts,
    },
  })
}

/** How to speak of a volume: its label, else its partition's name, else its slot. */
export function volumeName(partition: Partition): string {
  return partition.volume.label || partition.name || `partition ${partition.slot}`
}
