import { bytes } from '../base/bytes.ts'
import type { Machine } from '../model/machine.ts'
import type { Layout, Loss, PlannedStep } from '../model/plan.ts'
import { bootFileKey } from '../probe/boot-entries.ts'
import { volumeName } from '../check/space/shrink-fitness.ts'

/** The firmware's boot state as far as a plan can change it. */
export interface BootState {
  readonly order: readonly number[] | null
  readonly next: number | null
  readonly entries: readonly number[]
}

/**
 * What a person would miss, found by comparing before with after and never declared by a step: smaller volumes and
 * gaps, partitions and entries that are gone, an order or a BootNext that is another one.
 */
export function lossesBetween(
  machine: Machine,
  before: readonly Layout[],
  after: readonly Layout[],
  steps: readonly PlannedStep[],
): readonly Loss[] {
  const undoable = !steps.some((step) => 'of' in step)
  return [
    ...before.flatMap((layout) => partitionLosses(machine, layout, layoutAfter(after, layout), undoable)),
    ...steps.flatMap((step) => fileLosses(machine, step)),
    ...bootLosses(bootState(machine), playBoot(bootState(machine), steps)),
  ]
}

function partitionLosses(
  machine: Machine,
  before: Layout,
  after: Layout,
  undoable: boolean,
): readonly Loss[] {
  return before.partitions.flatMap((row): readonly Loss[] => {
    const now = after.partitions.find((other) => other.partition === row.partition)
    const volume = nameOf(machine, row.partition)
    if (now === undefined) {
      return [
        {
          what: 'partition',
          where: row.partition,
          size: row.size,
          restorable: false,
          facts: { volume, role: row.role },
        },
      ]
    }
    if (now.size >= row.size) return []
    const facts = { volume, from: row.size, to: now.size }
    return [
      {
        what: 'free-space',
        where: row.partition,
        size: bytes(row.size - now.size),
        restorable: undoable,
        facts,
      },
    ]
  })
}

/** What lies under the names of Berth's own files and is not theirs. */
function fileLosses(machine: Machine, step: PlannedStep): readonly Loss[] {
  if (step.kind !== 'restore-files') return []
  const volume = machine.bootVolumes.find((one) => one.partition === step.target.partition)
  return [...step.files, ...step.markers].flatMap(({ path }): readonly Loss[] => {
    const there = volume?.files.find((file) => bootFileKey(file.path) === bootFileKey(path))
    if (there === undefined) return []
    return [{ what: 'file', where: path, size: there.size, restorable: false, facts: {} }]
  })
}

function bootLosses(before: BootState, after: BootState): readonly Loss[] {
  const lost: Loss[] = before.entries
    .filter((entry) => !after.entries.includes(entry))
    .map((entry) => ({
      what: 'boot-entry',
      where: `${entry}`,
      size: null,
      restorable: false,
      facts: { entry },
    }))
  const firstBefore = before.order?.[0] ?? null
  const firstAfter = after.order?.[0] ?? null
  if (firstBefore !== null && firstBefore !== firstAfter) {
    lost.push({
      what: 'boot-order',
      where: 'BootOrder',
      size: null,
      restorable: true,
      facts: { from: firstBefore, to: firstAfter },
    })
  }
  if (before.next !== null && before.next !== after.next) {
    lost.push({
      what: 'boot-next',
      where: 'BootNext',
      size: null,
      restorable: true,
      facts: { from: before.next, to: after.next },
    })
  }
  return lost
}

function bootState({ firmware }: Machine): BootState {
  return {
    order: firmware.bootOrder,
    next: firmware.bootNext,
    entries: firmware.bootEntries.map((entry) => entry.number),
  }
}

/** The boot state after the steps, by the rules of each kind. */
export function playBoot(state: BootState, steps: readonly PlannedStep[]): BootState {
  return steps.reduce((now: BootState, step): BootState => {
    switch (step.kind) {
      case 'create-boot-entry':
        return { ...now, entries: [...now.entries, step.entry] }
      case 'arm-trial':
        return {
          ...now,
          next: step.entry,
          order: step.listInOrder ? [...(now.order ?? []), step.entry] : now.order,
        }
      case 'confirm-trial':
        return { ...now, order: step.orderAfter }
      case 'arm-stage':
        return { ...now, entries: [...now.entries, step.job.entry], next: step.job.entry }
      case 'clear-stage': {
        const entries = now.entries.filter((entry) => entry !== step.job.entry)
        return { ...now, entries, next: now.next === step.job.entry ? null : now.next }
      }
      case 'set-boot-next':
        return { ...now, next: step.entry }
      case 'clear-boot-next':
        return { ...now, next: null }
      case 'set-boot-order':
        return { ...now, order: step.after }
      case 'replace-boot-entry':
        return step.after === null
          ? { ...now, entries: now.entries.filter((entry) => entry !== step.entry) }
          : now
      case 'disarm-trial':
        return { ...now, next: now.next === step.entry ? null : now.next }
      case 'restore-boot-order':
        return { ...now, order: step.order }
      case 'remove-boot-entry':
        return { ...now, entries: now.entries.filter((entry) => entry !== step.entry) }
      default:
        return now
    }
  }, state)
}

function layoutAfter(after: readonly Layout[], before: Layout): Layout {
  return after.find((layout) => layout.disk === before.disk) ?? { ...before, partitions: [] }
}

function nameOf(machine: Machine, id: string): string {
  const partition = machine.disks.flatMap((disk) => disk.partitions).find((one) => one.id === id)
  return partition === undefined ? id : volumeName(partition)
}
