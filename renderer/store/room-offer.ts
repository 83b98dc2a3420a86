import { MiB, alignDown, alignUp, bytes } from '../../installer-core/base/bytes.ts'
import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import { extent, places, type Place } from '../../installer-core/check/locate.ts'
import { shrinkFloor, shrinkRefusal, shrinkRoom } from '../../installer-core/check/space/shrink-fitness.ts'
import { diskRefusal, tableEditRefusal } from '../../installer-core/check/space/disk-fitness.ts'
import { surveySpace } from '../../installer-core/check/space/space-survey.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Partition } from '../../installer-core/model/disk.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { isOfflineStage, isStageFileSystem } from '../../installer-core/model/stage.ts'
import { gapsBetween } from '../../installer-core/plan/layout.ts'
import { plainChoices, type FoundRoom } from './page-state.ts'
import { unsuitable, type Limits, type OfferedRelease } from './planning.ts'

/** Room that a volume in use can give, once the PC starts for nothing else. */
export interface RoomOffer {
  readonly place: Place
  /** From the least that an installation can do with to the most that the file system gives; as much as it would like. */
  readonly limits: Limits
}

/** What can be installed, of everything in the catalogue: a stage for making room is no system. */
export function systemsOf(releases: readonly ListedRelease[]): readonly ListedRelease[] {
  return releases.filter(({ manifest }) => manifest === null || !isOfflineStage(manifest))
}

/** The stage of the catalogue that would be started on this PC: the newest of its kind that can be used. */
export function stageFor(releases: readonly ListedRelease[], { cpu }: Machine): ListedRelease | null {
  const fit = releases.filter(
    ({ manifest, failure }) =>
      failure === null && manifest !== null && isOfflineStage(manifest) && manifest.architecture === cpu,
  )
  const real = fit.filter(({ signer }) => signer?.practiceOnly === false)
  return (real.length > 0 ? real : fit).at(-1) ?? null
}

/** Every volume that could give this release its room by one start of its own. */
export function offerRooms(
  machine: Machine,
  release: OfferedRelease,
  choices: Choices,
): readonly RoomOffer[] {
  return places(machine).flatMap((place) => {
    const limits = isInUse(machine, place) ? limitsOf(machine, place, release, choices) : null
    return limits === null ? [] : [{ place, limits }]
  })
}

/** Whether everything that speaks against a release on this PC ends with room that one start makes. */
export function fitsWithRoom(machine: Machine, release: OfferedRelease): boolean {
  return offerRooms(machine, release, plainChoices).some(
    ({ place, limits }) =>
      unsuitable(withRoom(machine, place, limits.value), release, plainChoices).length === 0,
  )
}

/** A volume that a start of its own can make smaller, on a plain partition, that is kept from shrinking by being mounted, and by nothing else. */
function isInUse(machine: Machine, place: Place): boolean {
  const { disk, partition } = place
  const { fileSystem, inUse } = partition.volume
  if (!isStageFileSystem(fileSystem) || inUse.length === 0 || !inUse.every((use) => use.startsWith('/')))
    return false
  if (diskRefusal(machine, disk) !== null || tableEditRefusal(disk) !== null) return false
  const refusal = shrinkRefusal(machine, place, bytes(0))?.id
  return refusal === 'volume-holds-root' || refusal === 'volume-in-use'
}

function limitsOf(
  machine: Machine,
  place: Place,
  { manifest }: OfferedRelease,
  choices: Choices,
): Limits | null {
  const most = shrinkFloor(place.partition) === null ? 0 : shrinkRoom(place)
  if (most === 0) return null
  const after = withRoom(machine, place, most)
  const { bootPartitionType, defaultSystem, schema } = choices
  const survey = (spaceFrom: Choices['spaceFrom']) =>
    surveySpace(after, { schema, bootPartitionType, defaultSystem, disk: place.disk.id, spaceFrom }, manifest)
      .decision
  // Where nothing needs a partition, somebody may want one all the same.
  const automatic = survey({ kind: 'automatic' })
  const decision = automatic?.use === null ? survey({ kind: 'gap' }) : automatic
  const use = decision?.use ?? null
  if (decision === null || use === null) return null
  const { need, volume } = decision
  const boot = volume === null ? need.boot.least : 0
  const least = alignUp(boot + (need.data?.least ?? 0), MiB)
  const wanted = alignUp((use.boot ?? 0) + (use.data ?? 0), MiB)
  return least > most ? null : { least, most, value: Math.min(most, Math.max(least, wanted)) }
}

/** The PC as it is once that room was made. */
function withRoom(machine: Machine, place: Place, by: number): Machine {
  const disk = { ...place.disk, partitions: place.disk.partitions.map((one) => shrunk(place, one, by)) }
  const rows = disk.partitions.map(({ id, slot, start, size }) => ({
    partition: id,
    slot,
    start,
    size,
    role: '',
  }))
  const changed = { ...disk, gaps: gapsBetween(disk, rows) }
  return { ...machine, disks: machine.disks.map((one) => (one === place.disk ? changed : one)) }
}

function shrunk({ disk, partition }: Place, one: Partition, by: number): Partition {
  if (one !== partition) return one
  const { start, end } = extent(disk, partition)
  const size = bytes(alignDown(end - by, MiB) - start)
  const { free } = partition.volume
  return {
    ...partition,
    size,
    blocks: Math.floor(size / disk.sectorSize),
    volume: { ...partition.volume, size, free: free === null ? null : bytes(Math.max(0, free - by)) },
  }
}

/** A start that makes room waits, or is half-way: nothing else is to be changed before it is over. */
export function isRoomPending(found: FoundRoom | null): boolean {
  return found !== null && found.phase !== 'done' && found.phase !== 'refused'
}
