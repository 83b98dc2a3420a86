import { MiB, alignDown, bytes, lba, type Bytes } from '../base/bytes.ts'
import { toHex, type Guid } from '../base/guid.ts'
import { extent } from '../check/locate.ts'
import type { SpaceDecision } from '../check/space/space-survey.ts'
import type { RoomUse } from '../check/space/allocate.ts'
import { shortFormPath } from '../formats/device-path/short-form.ts'
import { loadOptionAttribute, serialiseLoadOption } from '../formats/load-option/load-option.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { PartitionIdentity, PlannedStep, StepOf } from '../model/plan.ts'
import type { PartitionId } from '../model/primitives.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { lowestFreeBootNumber } from './boot-number.ts'
import { credentialDigest, credentialsOf } from './credentials.ts'
import { deriveGuid, deriveHex } from './derive-id.ts'
import type { HashText } from './plan-outcome.ts'

/** What the steps of an installation are made from. */
export interface InstallBrief {
  readonly machine: Machine
  readonly release: ReleaseManifest
  readonly choices: Choices
  readonly decision: SpaceDecision
  /** Everything random in a plan follows from this. */
  readonly seed: string
  /** The firmware starts nothing by BootNext that its order does not list. */
  readonly listInOrder: boolean
}

/** The steps in the order of their writes: room, partition, file system, files, entry, trial. */
export function installSteps(brief: InstallBrief, sha256: HashText): readonly PlannedStep[] {
  const { machine, release, decision, seed } = brief
  const { use } = decision
  const created = use === null ? [] : createSteps(brief, use, sha256)
  const boot = bootTarget(decision, created)
  const entry = entryStep(machine, release, boot)
  return [
    ...(use?.room.kind === 'shrink' ? [shrinkStep(use)] : []),
    ...created,
    ...(decision.volume === null ? [formatStep(boot.identity, seed, sha256)] : []),
    writeStep(release, boot.identity, decision.volume === null),
    ...credentialSteps(brief, boot.identity, sha256),
    entry,
    {
      kind: 'arm-trial',
      entry: entry.entry,
      release: release.id,
      nonce: deriveHex(seed, 'nonce', 32, sha256),
      listInOrder: brief.listInOrder,
    },
  ]
}

interface BootTarget {
  readonly identity: PartitionIdentity
  readonly slot: number
  readonly blocks: number
}

function bootTarget(decision: SpaceDecision, created: readonly StepOf<'create-partition'>[]): BootTarget {
  const partition = decision.volume?.partition ?? null
  if (partition !== null) {
    return { identity: identityOf(decision.disk, partition), slot: partition.slot, blocks: partition.blocks }
  }
  const step = created.find((one) => one.role === 'boot')
  if (step === undefined) throw new Error('a decision without a boot volume')
  const { disk, start, size, slot, blocks } = step
  return { identity: { disk, partition: step.partition, start, size }, slot, blocks }
}

function identityOf(disk: Disk, partition: Partition): PartitionIdentity {
  return { disk: disk.id, partition: partition.id, start: partition.start, size: partition.size }
}

/** Where the new partitions begin, in bytes: at the start of a gap, or at the end of the volume that makes room. */
function roomStart({ room, boot, data }: RoomUse): number {
  if (room.gap !== null) return room.gap.start * room.disk.sectorSize
  if (room.partition === null) throw new Error('a room that is neither gap nor volume')
  return alignDown(extent(room.disk, room.partition).end, MiB) - (boot ?? 0) - (data ?? 0)
}

function shrinkStep(use: RoomUse): StepOf<'shrink-volume'> {
  const { disk, partition } = use.room
  const fileSystem = partition?.volume.fileSystem
  if (partition === null || (fileSystem !== 'ntfs' && fileSystem !== 'ext4' && fileSystem !== 'btrfs')) {
    throw new Error('a volume that cannot shrink was chosen')
  }
  const to = bytes(roomStart(use) - extent(disk, partition).start)
  return { kind: 'shrink-volume', target: identityOf(disk, partition), fileSystem, from: partition.size, to }
}

function createSteps(
  brief: InstallBrief,
  use: RoomUse,
  sha256: HashText,
): readonly StepOf<'create-partition'>[] {
  const { decision, machine, seed } = brief
  const { disk, need, bootType } = decision
  const wanted = [
    { role: 'boot' as const, size: use.boot, typeGuid: bootType, name: 'Berth boot' },
    { role: 'data' as const, size: use.data, typeGuid: need.data?.typeGuid ?? bootType, name: 'Berth data' },
  ].filter((one): one is typeof one & { size: Bytes } => one.size !== null)
  const slots = freeSlots(disk, wanted.length)
  let start = roomStart(use)
  return wanted.map(({ role, size, typeGuid, name }, index) => {
    const at = start
    start += size
    return {
      kind: 'create-partition',
      disk: disk.id,
      partition: asPartitionId(deriveGuid(seed, `${role} partition`, machine, sha256)),
      role,
      slot: slots[index] ?? 1,
      typeGuid,
      start: lba(at / disk.sectorSize),
      blocks: size / disk.sectorSize,
      size,
      attributes: '0000000000000000',
      name,
    }
  })
}

/** The lowest free slots of the table, as every partitioning tool chooses. */
function freeSlots(disk: Disk, count: number): readonly number[] {
  const taken = new Set(disk.partitions.map((partition) => partition.slot))
  const free: number[] = []
  for (let slot = 1; free.length < count; slot += 1) if (!taken.has(slot)) free.push(slot)
  return free
}

function formatStep(target: PartitionIdentity, seed: string, sha256: HashText): StepOf<'format-volume'> {
  const volumeId = deriveHex(seed, 'volume id', 8, sha256)
  return { kind: 'format-volume', target, fileSystem: 'fat32', label: 'BERTH', volumeId }
}

/** Says that the Boot Loader Specification's entries may lie here (UAPI.1, "The Partitions"). */
const entriesMarker = { path: '/loader/entries.srel', data: toHex(new TextEncoder().encode('type1\n')) }

function writeStep(
  release: ReleaseManifest,
  target: PartitionIdentity,
  fresh: boolean,
): StepOf<'write-files'> {
  const markers = fresh ? [entriesMarker] : []
  const total = release.files.reduce((sum, file) => sum + file.size, 0)
  return {
    kind: 'write-files',
    target,
    release: release.id,
    files: release.files,
    markers,
    totalBytes: bytes(total + markers.reduce((sum, marker) => sum + marker.data.length / 2, 0)),
  }
}

/** What the first start is to know: as hashes, so that the plan can be shown and kept. */
function credentialSteps(
  { release, choices }: InstallBrief,
  target: PartitionIdentity,
  sha256: HashText,
): readonly StepOf<'write-credentials'>[] {
  const files = credentialsOf(choices, release).map(({ path, text }) => ({
    path,
    sha256: credentialDigest(text, sha256),
  }))
  return files.length === 0 ? [] : [{ kind: 'write-credentials', target, files }]
}

function entryStep(
  machine: Machine,
  release: ReleaseManifest,
  { identity, slot, blocks }: BootTarget,
): StepOf<'create-boot-entry'> {
  const description = release.name.slice(0, 60)
  const location = {
    partitionNumber: slot,
    partitionGuid: identity.partition as string as Guid,
    start: identity.start,
    size: blocks,
  }
  const option = {
    attributes: loadOptionAttribute.active,
    description,
    paths: [shortFormPath(location, release.loader)],
    optionalData: new Uint8Array(),
  }
  return {
    kind: 'create-boot-entry',
    entry: lowestFreeBootNumber(machine),
    description,
    disk: identity.disk,
    partition: identity.partition,
    path: release.loader,
    data: toHex(serialiseLoadOption(option)),
  }
}

function asPartitionId(value: Guid): PartitionId {
  return value as string as PartitionId
}
