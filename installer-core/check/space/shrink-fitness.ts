import { MiB, alignDown, alignUp, bytes, type Bytes } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import type { Bitlocker, Partition, Volume } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import { finding, type Finding } from '../finding.ts'
import { extent, type Place } from '../locate.ts'

const shrinkable: readonly Volume['fileSystem'][] = ['ntfs', 'ext4', 'btrfs']
const ordinaryTypes: readonly (string | null)[] = [
  partitionType.microsoftBasicData,
  partitionType.linuxGeneric,
  partitionType.linuxRootX64,
  partitionType.linuxHome,
  partitionType.linuxVar,
]

/** True for a volume that a person could think of as giving room: its kind is right, whatever its state. */
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

/** Why this volume must not be shrunk now; null when it may, down to `shrinkFloor`. */
export function shrinkRefusal(machine: Machine, { partition }: Place): Finding | null {
  const { volume } = partition
  if (volume.fileSystem === 'bitlocker' || isProtected(volume.bitlocker)) {
    return refuse(partition, 'bitlocker-shrink')
  }
  if (!mightShrink(partition)) return refuse(partition, 'volume-not-shrinkable', isRequired(partition))
  if (volume.hibernated === true) return refuse(partition, 'volume-hibernated')
  if (volume.dirty === true) return refuse(partition, 'volume-dirty')
  if (isBusy(machine, volume)) return refuse(partition, 'volume-in-use')
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

function refuse(partition: Partition, id: Finding['id'], required = false): Finding {
  return finding(id, 'blocker', {
    where: partition.id,
    facts: {
      volume: volumeName(partition),
      fileSystem: partition.volume.fileSystem,
      requiredByPlatform: required,
      usedBy: partition.volume.inUse.join(', '),
    },
  })
}

/** How to speak of a volume: its label, else its partition's name, else its slot. */
export function volumeName(partition: Partition): string {
  return partition.volume.label || partition.name || `partition ${partition.slot}`
}
