import type { Facts } from '../base/failure.ts'
import type { PlannedStep } from '../model/plan.ts'
import type { Locale } from '../text/locale.ts'
import { typeName } from '../text/partition-role.ts'
import { sentence } from '../text/sentence.ts'
import { entryName } from '../text/template.ts'
import type { Names } from './plan-names.ts'

/** One step as a sentence: what it does to what, before and after. */
export function describeStep(step: PlannedStep, names: Names, locale: Locale = 'en'): string {
  return sentence(keyOf(step), factsOf(step, names), locale)
}

function keyOf(step: PlannedStep): string {
  if (step.kind === 'create-partition') return `plan.step.create-partition.${step.role}`
  if (step.kind === 'arm-trial' && step.listInOrder) return 'plan.step.arm-trial.listed'
  if (step.kind === 'replace-boot-entry' && step.after === null) return 'plan.step.replace-boot-entry.drop'
  if (step.kind === 'restore-files' && step.files.length === 0) return 'plan.step.restore-files.small'
  return `plan.step.${step.kind}`
}

function factsOf(step: PlannedStep, names: Names): Facts {
  const volume = 'target' in step ? { volume: names.volume(step.target.partition) } : {}
  switch (step.kind) {
    case 'shrink-volume':
    case 'grow-volume':
    case 'return-room':
      return { ...volume, from: step.from, to: step.to }
    case 'create-partition':
      return { size: step.size, slot: step.slot, type: typeName(step.typeGuid) }
    case 'write-files':
      return { ...volume, count: step.files.length, release: step.release, size: step.totalBytes }
    case 'restore-files':
      return { ...volume, count: step.files.length, release: step.release, size: step.totalBytes }
    case 'write-stage':
      return {
        ...volume,
        size: step.totalBytes,
        root: names.volume(step.job.partition),
        from: step.job.from,
        to: step.job.to,
      }
    case 'arm-stage':
      return { entry: step.job.entry, root: names.volume(step.job.partition) }
    case 'clear-stage':
      return volume
    case 'set-boot-order':
      return { entry: step.entry, before: orderText(step.before), after: orderText(step.after) }
    case 'write-credentials':
      return { ...volume, count: step.files.length }
    case 'remove-credentials':
    case 'remove-files':
      return { ...volume, count: step.paths.length }
    case 'create-boot-entry':
      return { entry: step.entry, description: step.description, path: step.path }
    case 'confirm-trial':
      return { entry: step.entry, before: orderText(step.orderBefore), after: orderText(step.orderAfter) }
    case 'format-volume':
    case 'remove-partition':
      return volume
    default:
      return { entry: step.entry }
  }
}

function orderText(order: readonly number[] | null): string {
  const names = (order ?? []).map(entryName)
  return names.length === 0 ? '–' : names.join(', ')
}
