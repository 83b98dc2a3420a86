import { canonicalJson } from '../base/json.ts'
import { finding, type Finding } from '../check/finding.ts'
import { ownEntries } from '../check/health/own-entries.ts'
import { extent, findDisk, findPlace } from '../check/locate.ts'
import { checkFollows } from '../check/space/check-follows.ts'
import { choicesSchema } from '../model/choices.ts'
import type { BootEntry, Machine } from '../model/machine.ts'
import { isLitter } from '../model/litter.ts'
import { manifestPath, stepOf, type OwnershipManifest } from '../model/manifest.ts'
import type { PartitionIdentity, PlannedStep, StepOf } from '../model/plan.ts'
import type { PartitionId } from '../model/primitives.ts'
import { entryName } from '../text/template.ts'
import { laterPlan, nothingInstalled, refused } from './later-plan.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'
import { returnRooms } from './return-rooms.ts'

const ownFolder = manifestPath.slice(0, manifestPath.lastIndexOf('/') + 1)

/** One removal, or the reason why the thing is left. */
interface Opposite {
  readonly steps: readonly PlannedStep[]
  readonly findings: readonly Finding[]
}

const nothing: Opposite = { steps: [], findings: [] }

/**
 * Takes an installation away: the opposites of its steps, last first, for what is still there and still Berth's by
 * identity. What is gone already needs no step; what somebody changed meanwhile is left (`undo-leaves`). Room that the
 * offline stage made is given back after everything else, also when nothing is installed.
 */
export function makeUndoPlan(
  machine: Machine,
  manifest: OwnershipManifest | null,
  sha256: HashText,
): PlanOutcome {
  if (manifest === null) return roomsAlone(machine, sha256)
  const opposites = manifest.plan.steps
    .map((step, of) => oppositeOf({ machine, manifest, of }, step))
    .reverse()
  const removals = opposites.flatMap((opposite) => opposite.steps)
  const steps = removals.filter((step) => canGrow(step, machine, removals))
  const left = removals.filter((step) => !steps.includes(step)).flatMap(cannotGrow)
  const back = returnRooms(machine, steps)
  const first = steps.findIndex((step) => step.kind === 'remove-files' || step.kind === 'remove-partition')
  return laterPlan(
    {
      goal: 'undo',
      machine,
      manifest,
      steps: [...steps, ...back.steps],
      findings: [
        ...opposites.flatMap((opposite) => opposite.findings),
        ...left,
        ...steps.flatMap((step) => checkAfter(machine, step)),
        ...back.findings,
      ],
      pointOfNoReturn: first < 0 ? null : first,
    },
    sha256,
  )
}

/** Nothing is installed: there may be room to give back all the same. */
function roomsAlone(machine: Machine, sha256: HashText): PlanOutcome {
  const { steps, findings, rooms } = returnRooms(machine, [])
  const [room] = rooms
  if (room === undefined) return refused(nothingInstalled, ...findings)
  const { release, releaseSha256 } = room
  const choices = choicesSchema.parse({ schema: 'berth/choices/1' })
  const fingerprint = sha256(`berth/room/1\n${canonicalJson(rooms)}`)
  const manifest = { plan: { choices, fingerprint, release, releaseSha256 } }
  return laterPlan({ goal: 'undo', machine, manifest, steps, findings }, sha256)
}

interface UndoContext {
  readonly machine: Machine
  readonly manifest: OwnershipManifest
  /** Index of the step that is taken back. */
  readonly of: number
}

function oppositeOf(context: UndoContext, step: PlannedStep): Opposite {
  const { of } = context
  switch (step.kind) {
    case 'arm-trial':
      return endTrial(context, step)
    case 'create-boot-entry':
      return removeEntry(context, step)
    case 'write-files': {
      const paths = [...step.markers, ...step.files].map((file) => file.path)
      return onPartition(context, step.target, { kind: 'remove-files', of, target: step.target, paths })
    }
    case 'write-credentials': {
      const paths = step.files.map((file) => file.path)
      return onPartition(context, step.target, { kind: 'remove-credentials', of, target: step.target, paths })
    }
    case 'create-partition': {
      const target = { disk: step.disk, partition: step.partition, start: step.start, size: step.size }
      const foreign = step.role === 'boot' ? foreignFile(context, step.partition) : null
      if (foreign !== null)
        return leftBecause(step.partition, `it holds files that are not Berth's: ${foreign}`)
      const removal = onPartition(context, target, { kind: 'remove-partition', of, target })
      return removal.steps.length === 0 || step.role === 'boot'
        ? removal
        : {
            ...removal,
            findings: [
              finding('undo-data-lost', 'warning', { where: step.partition, facts: { size: step.size } }),
            ],
          }
    }
    case 'shrink-volume': {
      const target = { ...step.target, size: step.to }
      return onPartition(context, target, {
        kind: 'grow-volume',
        of,
        target: step.target,
        from: step.to,
        to: step.from,
      })
    }
    default:
      return nothing
  }
}

/** The numbers of all entries that are Berth's: a repair or the firmware may have put it under another one, or twice. */
function ownNumbers(machine: Machine, manifest: OwnershipManifest): readonly number[] {
  const made = stepOf(manifest, 'create-boot-entry')
  if (made === null) return []
  const { kept, spare } = ownEntries(machine, made)
  const there = (kept === null ? spare : [kept, ...spare]).map(({ number }) => number)
  return [...new Set([made.entry, ...there])]
}

function endTrial({ machine, manifest, of }: UndoContext, step: StepOf<'arm-trial'>): Opposite {
  const { bootOrder, bootNext } = machine.firmware
  const own = ownNumbers(machine, manifest)
  const former = manifest.before.bootOrder
  const others = (order: readonly number[] | null) => (order ?? []).filter((number) => !own.includes(number))
  const same = others(bootOrder).join() === others(former).join()
  const order = same ? former : others(bootOrder)
  const chosen = bootNext !== null && own.includes(bootNext) ? bootNext : step.entry
  return {
    steps: [
      { kind: 'disarm-trial', of, entry: chosen },
      ...own.map((entry) => ({
        kind: 'restore-boot-order' as const,
        of,
        entry,
        order: order === null ? null : [...order],
      })),
    ],
    findings: [],
  }
}

/** Berth's entries go; one under its number that starts something else stays, and so do entries made by others. */
function removeEntry({ machine, manifest, of }: UndoContext, step: StepOf<'create-boot-entry'>): Opposite {
  const here = machine.firmware.bootEntries.find((entry) => entry.number === step.entry)
  const left = (entry: BootEntry, reason: string): Finding =>
    finding('undo-leaves', 'warning', {
      where: entryName(entry.number),
      facts: { what: entry.description, reason },
    })
  const { kept, spare, foreign } = ownEntries(machine, step)
  const isTaken = here !== undefined && here !== kept && !spare.includes(here)
  const findings = [
    ...foreign.map((entry) => left(entry, 'somebody else made it')),
    ...(isTaken ? [left(here, 'it starts something else now')] : []),
  ]
  const numbers = ownNumbers(machine, manifest).filter((number) => !(isTaken && number === step.entry))
  return { steps: numbers.map((entry) => ({ kind: 'remove-boot-entry', of, entry })), findings }
}

/** The removal, when the partition is there as Berth left it; nothing when it is gone; a finding when it was changed. */
function onPartition({ machine }: UndoContext, target: PartitionIdentity, removal: PlannedStep): Opposite {
  const disk = findDisk(machine, target.disk)
  const found = disk?.partitions.filter((partition) => partition.id === target.partition) ?? []
  const [partition] = found
  if (partition === undefined) return nothing
  const same = found.length === 1 && partition.start === target.start && partition.size === target.size
  if (same) return { steps: [removal], findings: [] }
  return leftBecause(target.partition, 'its place or size was changed meanwhile')
}

function leftBecause(partition: PartitionId, reason: string): Opposite {
  const facts = { what: `partition ${partition}`, reason }
  return { steps: [], findings: [finding('undo-leaves', 'warning', { where: partition, facts })] }
}

/** A file on a partition of Berth's which neither Berth nor a system's own housekeeping put there; null when there is none. */
function foreignFile({ machine, manifest }: UndoContext, partition: PartitionId): string | null {
  const { steps } = manifest.plan
  const planned = steps.flatMap((step) =>
    step.kind === 'write-files'
      ? [...step.files, ...step.markers].map((file) => file.path)
      : step.kind === 'write-credentials'
        ? step.files.map((file) => file.path)
        : [],
  )
  const own = new Set([...planned, ...(manifest.made?.files ?? [])].map((path) => path.toLowerCase()))
  const isForeign = (path: string) =>
    !own.has(path.toLowerCase()) && !path.startsWith(ownFolder) && !path.split('/').some(isLitter)
  const volume = machine.bootVolumes.find((one) => one.partition === partition)
  return volume?.files.find((file) => isForeign(file.path))?.path ?? null
}

/** A volume grows back only into room that this undo, or somebody before it, has made free. */
function canGrow(step: PlannedStep, machine: Machine, removals: readonly PlannedStep[]): boolean {
  if (step.kind !== 'grow-volume') return true
  const disk = findDisk(machine, step.target.disk)
  if (disk === null) return false
  const goes = new Set(
    removals.flatMap((one) => (one.kind === 'remove-partition' ? [one.target.partition] : [])),
  )
  const start = step.target.start * disk.sectorSize
  return !disk.partitions.some((other) => {
    if (other.id === step.target.partition || goes.has(other.id)) return false
    const room = extent(disk, other)
    return room.start < start + step.to && room.end > start + step.from
  })
}

function cannotGrow(step: PlannedStep): readonly Finding[] {
  if (step.kind !== 'grow-volume') return []
  const facts = {
    what: `the room taken from partition ${step.target.partition}`,
    reason: 'another partition lies in it',
  }
  return [finding('undo-leaves', 'warning', { where: step.target.partition, facts })]
}

function checkAfter(machine: Machine, step: PlannedStep): readonly Finding[] {
  if (step.kind !== 'grow-volume') return []
  const partition = findPlace(machine, step.target.partition)?.partition
  return partition === undefined ? [] : checkFollows(machine, partition)
}
