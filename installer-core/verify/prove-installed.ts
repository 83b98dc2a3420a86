import { assertNever } from '../base/assert-never.ts'
import type { Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan, PlannedStep, StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import { broken, conclude, expectSame, holds, type Finding } from './finding.ts'
import { entryData, fileIn, orderText, partitionIn } from './machine-lookup.ts'
import { proveOthersKept, touchedBy } from './prove-others-kept.ts'

/**
 * Proves a run from two looks at the PC, the one before it and a fresh one: everything the plan makes is there, exactly,
 * and everything else is as it was (partitions, boot files, boot entries, the order among the others). Pure. For plans of
 * the goals install, confirm, switch and repair; `read-back-differs` names the first thing that is not so.
 */
export function proveInstalled(before: Machine, after: Machine, plan: Plan): Result<readonly Evidence[]> {
  const made = plan.steps.flatMap((step) => findingsFor(after, step))
  return conclude([...made, ...proveOthersKept(before, after, touchedBy(plan))])
}

function findingsFor(after: Machine, step: PlannedStep): readonly Finding[] {
  switch (step.kind) {
    case 'shrink-volume': {
      const size = partitionIn(after, step.target.partition)?.size ?? null
      return [expectSame('volume-size', step.target.partition, step.to, size)]
    }
    case 'create-partition':
      return partitionThere(after, step)
    case 'format-volume': {
      const found = partitionIn(after, step.target.partition)?.volume.fileSystem ?? null
      return [expectSame('volume-formatted', step.target.partition, step.fileSystem, found)]
    }
    case 'write-files':
    case 'restore-files':
      return step.files.flatMap((file) => {
        const found = fileIn(after, step.target.partition, file.path)
        const size = expectSame('file-size', file.path, file.size, found?.size ?? null)
        const hashed = found !== null && found.sha256 !== null
        return hashed ? [size, expectSame('file-hash', file.path, file.sha256, found.sha256)] : [size]
      })
    case 'write-credentials':
      // A look at the whole PC does not read what is no program; the step itself has compared the contents.
      return step.files.map(({ path }) =>
        fileIn(after, step.target.partition, path) === null
          ? broken(path, 'present', 'absent')
          : holds('credential-there', { what: path }),
      )
    case 'create-boot-entry':
    case 'replace-boot-entry':
    case 'set-boot-order':
    case 'confirm-trial':
    case 'arm-trial':
    case 'set-boot-next':
    case 'clear-boot-next':
      return firmwareFindings(after, step)
    case 'write-stage':
    case 'arm-stage':
    case 'clear-stage':
    case 'disarm-trial':
    case 'restore-boot-order':
    case 'remove-boot-entry':
    case 'remove-files':
    case 'remove-credentials':
    case 'remove-partition':
    case 'grow-volume':
    case 'return-room':
      return []
    default:
      return assertNever(step)
  }
}

type FirmwareStep = StepOf<
  | 'create-boot-entry'
  | 'replace-boot-entry'
  | 'set-boot-order'
  | 'confirm-trial'
  | 'arm-trial'
  | 'set-boot-next'
  | 'clear-boot-next'
>

function firmwareFindings(after: Machine, step: FirmwareStep): readonly Finding[] {
  const { bootNext, bootOrder } = after.firmware
  const name = `Boot${orderText([step.entry])}`
  const data = entryData(after, step.entry)
  switch (step.kind) {
    case 'create-boot-entry':
      return [expectSame('entry-bytes', name, step.data, data)]
    case 'replace-boot-entry':
      return [
        step.after === null
          ? expectSame('entry-dropped', name, 'absent', data ?? 'absent')
          : expectSame('entry-bytes', name, step.after, data),
      ]
    case 'set-boot-order':
      return [expectSame('order-set', 'BootOrder', orderText(step.after), orderText(bootOrder))]
    case 'confirm-trial':
      return [expectSame('order-set', 'BootOrder', orderText(step.orderAfter), orderText(bootOrder))]
    case 'clear-boot-next':
      return [expectSame('next-start-cleared', 'BootNext', 'absent', bootNext ?? 'absent')]
    default:
      return [expectSame('next-start', 'BootNext', step.entry, bootNext)]
  }
}

function partitionThere(
  after: Machine,
  step: Extract<PlannedStep, { kind: 'create-partition' }>,
): readonly Finding[] {
  const found = partitionIn(after, step.partition)
  return [
    expectSame('partition-start', step.partition, step.start, found?.start ?? null),
    expectSame('partition-blocks', step.partition, step.blocks, found?.blocks ?? null),
    expectSame('partition-type', step.partition, step.typeGuid, found?.typeGuid ?? null),
  ]
}
