import type { Result } from '../base/result.ts'
import type { Disk } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import { manifestPath, stepOf, type OwnershipManifest } from '../model/manifest.ts'
import type { PlannedStep } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import { broken, conclude, expectSame, holds, type Finding } from './finding.ts'
import { fileIn, orderText, partitionIn } from './machine-lookup.ts'
import { proveOthersKept, touchedBy, type Touched } from './prove-others-kept.ts'

/** The PC when an undo began, and now. */
export interface UndoneMachines {
  readonly before: Machine
  readonly after: Machine
}

/**
 * Proves an undo from two looks at the PC and the ownership manifest: nothing of Berth's is there any more, volumes have
 * their size back, the table is the former one where nobody else changed it meanwhile, and everything that was not
 * Berth's when the undo began is as it was then. `left` names what the undo left on purpose; those things are not judged.
 * Pure.
 */
export function proveUndone(
  { before, after }: UndoneMachines,
  manifest: OwnershipManifest,
  left: readonly string[] = [],
): Result<readonly Evidence[]> {
  const excused = (name: string) => left.some((text) => text.includes(name))
  const gone = manifest.plan.steps.flatMap((step) => findingsFor(after, step, excused))
  const made = [manifestPath, ...(manifest.made?.files ?? [])]
  return conclude([
    ...gone,
    ...manifest.before.disks.flatMap((disk) => tableAsBefore(after, disk)),
    ...proveOthersKept(before, after, withOwnEntries(before, manifest, touchedBy(manifest.plan, made))),
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
      const follows = found.volume.dirty === true ? [holds('check-follows', { what: partition })] : []
      return [
        expectSame('volume-size', partition, step.from, found.size),
        expectSame('partition-start', partition, start, found.start),
        ...follows,
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

function absent(kind: string, name: string, isSo: boolean): Finding {
  return isSo ? holds('gone', { kind, what: name }) : broken(`${kind} ${name}`, 'absent', 'present')
}

/** Said where it is so: somebody may have changed the table between the installation and the undo. */
function tableAsBefore(after: Machine, before: Disk): readonly Finding[] {
  const now = after.disks.find((disk) => disk.id === before.id)
  if (now?.tableDigest !== before.tableDigest) return []
  return [holds('table-identical', { what: before.id, sha256: before.tableDigest })]
}
