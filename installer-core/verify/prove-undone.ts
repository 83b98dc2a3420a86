import type { Result } from '../base/result.ts'
import type { Disk } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { PlannedStep } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import { broken, conclude, expectSame, holds, type Finding } from './finding.ts'
import { entryData, fileIn, orderText, partitionIn, placeText } from './machine-lookup.ts'

/**
 * Proves an undo from a fresh look at the PC and the ownership manifest: nothing of Berth's is there any more, volumes
 * have their size back, and every partition that was there before lies where it lay. `left` names what the undo left on
 * purpose; those things are not judged. Pure.
 */
export function proveUndone(
  after: Machine,
  manifest: OwnershipManifest,
  left: readonly string[] = [],
): Result<readonly Evidence[]> {
  const excused = (name: string) => left.some((text) => text.includes(name))
  const gone = manifest.plan.steps.flatMap((step) => findingsFor(after, step, excused))
  return conclude([...gone, ...manifest.before.disks.flatMap((disk) => tableAsBefore(after, disk, excused))])
}

function findingsFor(
  after: Machine,
  step: PlannedStep,
  excused: (name: string) => boolean,
): readonly Finding[] {
  switch (step.kind) {
    case 'shrink-volume': {
      if (excused(step.target.partition)) return []
      const size = partitionIn(after, step.target.partition)?.size ?? null
      return [expectSame('volume-size', step.target.partition, step.from, size)]
    }
    case 'create-partition':
      return excused(step.partition)
        ? []
        : [absent('partition', step.partition, partitionIn(after, step.partition) === null)]
    case 'write-files':
      return step.files
        .filter((file) => !excused(file.path))
        .map((file) => absent('file', file.path, fileIn(after, step.target.partition, file.path) === null))
    case 'create-boot-entry': {
      const name = orderText([step.entry])
      const listed = after.firmware.bootOrder?.includes(step.entry) ?? false
      const ours = entryData(after, step.entry) === step.data
      return excused(name) ? [] : [absent('boot entry', name, !ours), absent('order', name, !listed)]
    }
    case 'arm-trial':
      return [absent('BootNext', orderText([step.entry]), after.firmware.bootNext !== step.entry)]
    default:
      return []
  }
}

function absent(kind: string, name: string, isSo: boolean): Finding {
  return isSo ? holds('gone', { kind, what: name }) : broken(`${kind} ${name}`, 'absent', 'present')
}

/** Byte for byte where the digest says so, entry by entry otherwise. */
function tableAsBefore(after: Machine, before: Disk, excused: (name: string) => boolean): readonly Finding[] {
  const now = after.disks.find((disk) => disk.id === before.id)
  if (now?.tableDigest === before.tableDigest)
    return [holds('table-identical', { what: before.id, sha256: before.tableDigest })]
  return before.partitions
    .filter((partition) => !excused(partition.id))
    .map((partition) => {
      const found = now?.partitions.find((other) => other.id === partition.id) ?? null
      const place = placeText(partition)
      return expectSame('partition-kept', partition.id, place, found === null ? null : placeText(found))
    })
}
