import { bytes, MiB, type Bytes } from '../base/bytes.ts'
import { toHex, type Guid } from '../base/guid.ts'
import { canonicalJson } from '../base/json.ts'
import type { Finding } from '../check/finding.ts'
import type { Place } from '../check/locate.ts'
import { shortFormPath } from '../formats/device-path/short-form.ts'
import { loadOptionAttribute, serialiseLoadOption } from '../formats/load-option/load-option.ts'
import { choicesSchema } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { PartitionIdentity, Plan, PlannedStep } from '../model/plan.ts'
import type { ReleaseManifest } from '../model/release.ts'
import type { FoundStage, StageJob } from '../model/stage.ts'
import { lowestFreeBootNumber } from './boot-number.ts'
import { laterPlan } from './later-plan.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/** What making room takes, all of it looked at before. */
export interface RoomPlan {
  readonly volume: Place
  readonly boot: Place
  /** The partition's size afterwards. */
  readonly to: Bytes
  readonly storeBytes: Bytes
}

/** The offline stage's release, as far as a plan needs it. */
interface StageRelease {
  readonly manifest: ReleaseManifest
  readonly sha256: string
}

/** Kept free on the boot volume beside what the stage writes. */
export const stageSpare = 4 * MiB

/** Bytes that the stage takes on the boot volume. */
export function stageBytes({ storeBytes }: Pick<RoomPlan, 'storeBytes'>, { files }: ReleaseManifest): Bytes {
  return bytes(files.reduce<number>((sum, { size }) => sum + size, storeBytes))
}

/**
 * Prepares one start into the offline stage, which makes a volume smaller: a change of its own (decision 32). The
 * pictures show the PC after that start.
 */
export function makeRoomPlan(
  machine: Machine,
  room: RoomPlan,
  release: StageRelease,
  findings: readonly Finding[],
  sha256: HashText,
): PlanOutcome {
  const { manifest } = release
  const job = jobOf(machine, room, release)
  const target = identityOf(room.boot)
  const steps: readonly PlannedStep[] = [
    {
      kind: 'write-stage',
      target,
      job,
      files: [...manifest.files],
      storeBytes: room.storeBytes,
      totalBytes: stageBytes(room, manifest),
    },
    { kind: 'arm-stage', target, job },
  ]
  return laterPlan({ goal: 'make-room', machine, manifest: aboutStage(job, sha256), steps, findings }, sha256)
}

/** Takes a stage away that has not begun, or has ended. Whoever asks has seen that it is not half-way. */
export function makeClearRoomPlan(
  machine: Machine,
  boot: Place,
  { job }: FoundStage,
  sha256: HashText,
): PlanOutcome {
  const steps: readonly PlannedStep[] = [{ kind: 'clear-stage', target: identityOf(boot), job }]
  return laterPlan({ goal: 'clear-room', machine, manifest: aboutStage(job, sha256), steps }, sha256)
}

function aboutStage(job: StageJob, sha256: HashText): { readonly plan: StagePart } {
  const { release, releaseSha256 } = job
  const choices = choicesSchema.parse({ schema: 'berth/choices/1' })
  const fingerprint = sha256(`berth/stage/1\n${canonicalJson(job)}`)
  return { plan: { choices, fingerprint, release, releaseSha256 } }
}

type StagePart = Pick<Plan, 'choices' | 'fingerprint' | 'release' | 'releaseSha256'>

function identityOf({ disk, partition }: Place): PartitionIdentity {
  return { disk: disk.id, partition: partition.id, start: partition.start, size: partition.size }
}

function jobOf(
  machine: Machine,
  { volume, boot, to }: RoomPlan,
  { manifest, sha256 }: StageRelease,
): StageJob {
  const location = {
    partitionNumber: boot.partition.slot,
    partitionGuid: boot.partition.id as string as Guid,
    start: boot.partition.start,
    size: boot.partition.blocks,
  }
  const option = serialiseLoadOption({
    attributes: loadOptionAttribute.active,
    description: manifest.name.slice(0, 60),
    paths: [shortFormPath(location, manifest.loader)],
    optionalData: new Uint8Array(),
  })
  return {
    schema: 'berth/stage-job/1',
    disk: volume.disk.id,
    partition: volume.partition.id,
    start: volume.partition.start,
    from: volume.partition.size,
    to,
    entry: lowestFreeBootNumber(machine),
    option: toHex(option),
    release: manifest.id,
    releaseSha256: sha256,
  }
}
