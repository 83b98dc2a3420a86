import { bytes, type Bytes } from '../../base/bytes.ts'
import type { Guid } from '../../base/guid.ts'
import { partitionType } from '../../base/well-known.ts'
import type { Choices } from '../../model/choices.ts'
import type { Disk, Partition } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { isXbootldr, systemEsp } from '../locate.ts'
import { chooseRoom, type RoomUse } from './allocate.ts'
import { candidatesOn, disksInOrder, type SpaceCandidate } from './space-candidate.ts'
import { spaceNeed, type SpaceNeed } from './space-need.ts'

/** Where the system goes. */
export interface SpaceDecision {
  readonly disk: Disk
  readonly need: SpaceNeed
  /** The boot volume that exists and is used; null when a partition is made. */
  readonly volume: SpaceCandidate | null
  /** Where new partitions go and how large they become; null when none is made. */
  readonly use: RoomUse | null
  /** Type of the new boot partition. */
  readonly bootType: Guid
}

/** Every way there is, and the one that was taken. */
export interface SpaceSurvey {
  readonly candidates: readonly SpaceCandidate[]
  /** Null when no way fits the choices. */
  readonly decision: SpaceDecision | null
}

/** Looks at every disk in order and takes the first way that fits the choices. Pure and deterministic. */
export function surveySpace(machine: Machine, choices: Choices, release: ReleaseManifest): SpaceSurvey {
  const disks = disksInOrder(machine, choices)
  const candidates = disks.map((disk) => candidatesOn(machine, disk, choices, release))
  const decisions = disks.map((disk, index) =>
    decideOn(machine, disk, candidates[index] ?? [], choices, release),
  )
  return {
    candidates: candidates.flat(),
    decision: decisions.find((decision) => decision !== null) ?? null,
  }
}

/** The type a new boot partition gets on this disk: ESP where chosen, where none is there, or where XBOOTLDR is taken. */
export function bootTypeOn(disk: Disk, choices: Choices): Guid {
  const asEsp =
    choices.bootPartitionType === 'esp' ||
    disk.partitions.some(isXbootldr) ||
    !disk.partitions.some((partition: Partition) => partition.typeGuid === partitionType.esp)
  return asEsp ? partitionType.esp : partitionType.xbootldr
}

/** True when the person asked for a partition of its own: by its size or by its type. */
export function wantsNewPartition(choices: Choices): boolean {
  return choices.bootSpace !== undefined || choices.bootPartitionType === 'esp'
}

function decideOn(
  machine: Machine,
  disk: Disk,
  candidates: readonly SpaceCandidate[],
  choices: Choices,
  release: ReleaseManifest,
): SpaceDecision | null {
  const need = spaceNeed(choices, release, disk.sectorSize)
  const { volumes, rooms, volumesLast } = considered(machine, candidates, choices)
  const base = { disk, need, bootType: bootTypeOn(disk, choices) }
  const existing = (usable: readonly SpaceCandidate[]): SpaceDecision | null => {
    for (const volume of usable.filter((candidate) => candidate.refusal === null)) {
      if (need.data === null) return { ...base, volume, use: null }
      const use = chooseRoom(dataRooms(candidates, rooms), { boot: null, data: need.data })
      if (use !== null) return { ...base, volume, use }
    }
    return null
  }
  const fresh = (): SpaceDecision | null => {
    const use = chooseRoom(rooms, { boot: need.boot, data: need.data })
    return use === null || freeSlots(disk) < (need.data === null ? 1 : 2)
      ? null
      : { ...base, volume: null, use }
  }
  return existing(volumes) ?? fresh() ?? existing(volumesLast)
}

/** The candidates that the choices leave: boot volumes to use first, rooms for partitions, boot volumes to fall back to. */
function considered(machine: Machine, candidates: readonly SpaceCandidate[], choices: Choices) {
  const { spaceFrom } = choices
  const volumes = candidates.filter((one) => one.kind === 'esp' || one.kind === 'xbootldr')
  const rooms = candidates.filter((one) => one.kind === 'gap' || one.kind === 'shrink')
  const none: readonly SpaceCandidate[] = []
  switch (spaceFrom.kind) {
    case 'automatic': {
      const own = systemEsp(machine)?.partition
      const first = volumes.filter((one) => one.kind === 'xbootldr' || one.partition === own)
      if (wantsNewPartition(choices)) return { volumes: none, rooms, volumesLast: none }
      return { volumes: first, rooms, volumesLast: volumes.filter((one) => !first.includes(one)) }
    }
    case 'esp':
    case 'xbootldr': {
      const asked = volumes.filter((one) => one.kind === spaceFrom.kind && isNamed(one, spaceFrom.partition))
      return { volumes: asked, rooms: none, volumesLast: none }
    }
    case 'gap':
      return { volumes: none, rooms: rooms.filter((one) => one.kind === 'gap'), volumesLast: none }
    case 'shrink':
      return {
        volumes: none,
        rooms: rooms.filter((one) => one.kind === 'shrink' && isNamed(one, spaceFrom.partition)),
        volumesLast: none,
      }
  }
}

/** A data partition beside a chosen boot volume may come from any room of the disk. */
function dataRooms(
  candidates: readonly SpaceCandidate[],
  rooms: readonly SpaceCandidate[],
): readonly SpaceCandidate[] {
  return rooms.length > 0 ? rooms : candidates.filter((one) => one.kind === 'gap' || one.kind === 'shrink')
}

function isNamed(candidate: SpaceCandidate, partition: string | undefined): boolean {
  return partition === undefined || candidate.partition?.id === partition
}

function freeSlots(disk: Disk): number {
  return disk.table.kind === 'gpt' ? disk.table.slots - disk.partitions.length : 0
}

/** The largest room among fit candidates, in bytes. */
export function largestRoom(candidates: readonly SpaceCandidate[]): Bytes {
  const fit = candidates.filter(
    (one) => one.refusal === null && (one.kind === 'gap' || one.kind === 'shrink'),
  )
  return bytes(Math.max(0, ...fit.map((one) => one.available)))
}
