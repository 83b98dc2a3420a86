import type { Result } from '../base/result.ts'
import type { Disk, Partition } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import { manifestPath, stepOf, type OwnershipManifest } from '../model/manifest.ts'
import type { Plan, PlannedStep, StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import { stageFolder } from '../model/stage.ts'
import { broken, conclude, expectSame, holds, type Finding } from './finding.ts'
import { fileIn, orderText, partitionIn } from './machine-lookup.ts'
import { proveOthersKept, touchedBy, type Touched } from './prove-others-kept.ts'

/** The PC when an undo began, and now. */
export interface UndoneMachines {
  readonly before: Machine
  readonly after: Machine
}

/** An undo: its plan, and the ownership manifest of what it takes away. */
export interface Undo {
  readonly plan: Plan
  readonly manifest: OwnershipManifest
}

/**
 * Proves an undo from two looks at the PC and the ownership manifest: nothing of Berth's is there any more, volumes have
 * their size back, the table is the former one where nobody else changed it meanwhile, and everything that was not
 * Berth's when the undo began is as it was then. `left` names what the undo left on purpose; those things are not judged.
 * Pure.
 */
export function proveUndone(
  { before, after }: UndoneMachines,
  { plan, manifest }: Undo,
  left: readonly string[] = [],
): Result<readonly Evidence[]> {
  const excused = (name: string) => left.some((text) => text.includes(name))
  const rooms = plan.steps.filter((step) => step.kind === 'return-room')
  // A volume that gets more back than the installation took is judged by that.
  const isRoom = (name: string) => rooms.some(({ target }) => target.partition === name)
  const gone = manifest.plan.steps.flatMap((step) =>
    findingsFor(after, step, (name) => excused(name) || isRoom(name)),
  )
  const made = [manifestPath, ...(manifest.made?.files ?? [])]
  return conclude([
    ...gone,
    ...rooms.flatMap((step) => (excused(step.target.partition) ? [] : roomFindings(after, step))),
    ...manifest.before.disks.flatMap((disk) => tableAsBefore(after, disk)),
    ...proveOthersKept(
      before,
      after,
      withRooms(before, rooms, withOwnEntries(before, manifest, touchedBy(manifest.plan, made))),
    ),
  ])
}

function findingsFor(
  after: Machine,
  step: PlannedStep,
  excused: (name: string) => boolean,
): readonly Finding[] {
  switch (step.kind) {
    case 'shrink-volume': {
      if (excused(step.target.partition)) return []
      const { partition, start } = step.target
      const found = partitionIn(after, partition)
      if (found === null) return []
      return [
        expectSame('volume-size', partition, step.from, found.size),
        expectSame('partition-start', partition, start, found.start),
        ...checkOf(found),
      ]
    }
    case 'create-partition':
      return excused(step.partition)
        ? []
        : [absent('partition', step.partition, partitionIn(after, step.partition) === null)]
    case 'write-credentials':
    case 'write-files':
      return step.files
        .filter(({ path }) => !excused(path))
        .map((file) => absent('file', file.path, fileIn(after, step.target.partition, file.path) === null))
    case 'create-boot-entry': {
      const name = orderText([step.entry])
      const listed = after.firmware.bootOrder?.includes(step.entry) ?? false
      const ours = after.firmware.bootEntries.some((entry) => entry.data === step.data)
      return excused(name) ? [] : [absent('boot entry', name, !ours), absent('order', name, !listed)]
    }
    case 'arm-trial':
      return [absent('BootNext', orderText([step.entry]), after.firmware.bootNext !== step.entry)]
    default:
      return []
  }
}

/** Berth's entry counts as its own under whatever number it was when the undo began. */
function withOwnEntries(before: Machine, manifest: OwnershipManifest, touched: Touched): Touched {
  const made = stepOf(manifest, 'create-boot-entry')
  const own = before.firmware.bootEntries.filter((entry) => entry.data === made?.data)
  return { ...touched, entries: new Set([...touched.entries, ...own.map(({ number }) => number)]) }
}

function roomFindings(after: Machine, { target, to, record }: StepOf<'return-room'>): readonly Finding[] {
  const found = partitionIn(after, target.partition)
  return [
    expectSame('volume-size', target.partition, to, found?.size ?? null),
    expectSame('partition-start', target.partition, target.start, found?.start ?? null),
    absent('file', record.path, fileIn(after, record.partition, record.path) === null),
    ...(found === null ? [] : checkOf(found)),
  ]
}

/** A volume that was resized from outside waits for its own system's check, and keeps that mark. */
function checkOf({ id, volume }: Partition): readonly Finding[] {
  return volume.dirty === true ? [holds('check-follows', { what: id })] : []
}

/** The partition that gets its room back, the record, and what the stage that made the room may have left. */
function withRooms(before: Machine, rooms: readonly StepOf<'return-room'>[], touched: Touched): Touched {
  const paths = rooms.flatMap(({ record }) => {
    const volume = before.bootVolumes.find(({ partition }) => partition === record.partition)
    const stage = (volume?.files ?? []).filter(({ path }) =>
      path.toLowerCase().startsWith(`${stageFolder.toLowerCase()}/`),
    )
    return [record, ...stage].map(({ path }) => `${record.partition} ${path.toLowerCase()}`)
  })
  return {
    ...touched,
    partitions: new Set([...touched.partitions, ...rooms.map(({ target }) => target.partition as string)]),
    paths: new Set([...touched.paths, ...paths]),
  }
}

function absent(kind: string, name: string, isSo: boolean): Finding {
  return isSo ? holds('gone', { kind, what: name }) : broken(`${kind} ${name}`, 'absent', 'present')
}

/** Said where it is so: somebody may have changed the table between the installation and the undo. */
function tableAsBefore(after: Machine, before: Disk): readonly Finding[] {
  const now = after.disks.find((disk) => disk.id === before.id)
  if (now?.tableDigest !== before.tableDigest) return []
  return [holds('table-identical', { what: before.id, sha256: before.tableDigest })]
}
