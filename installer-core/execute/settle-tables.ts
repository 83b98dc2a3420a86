import { done, type Result } from '../base/result.ts'
import type { Plan, PlannedStep } from '../model/plan.ts'
import type { DiskId } from '../model/primitives.ts'
import type { Platform } from '../ports/platform.ts'
import { findDisk, findWholeDisk, hasWholeTable } from '../steps/lookup.ts'

/**
 * Makes both copies of the partition table agree again on disks whose table this plan changes. Only for a run that did
 * not finish: its own writing may have been cut off between the two. A table that is whole is not written.
 */
export async function settleTables(platform: Platform, plan: Plan): Promise<Result<void>> {
  for (const id of new Set(plan.steps.flatMap(disksOf))) {
    const disk = await findDisk(platform, id)
    if (!disk.ok) return disk
    if (hasWholeTable(disk.value)) continue
    const settled = await platform.editPartitions(id, disk.value.tableDigest, [])
    if (!settled.ok) return settled
    const again = await findWholeDisk(platform, id)
    if (!again.ok) return again
  }
  return done
}

function disksOf(step: PlannedStep): readonly DiskId[] {
  switch (step.kind) {
    case 'create-partition':
      return [step.disk]
    case 'shrink-volume':
    case 'remove-partition':
    case 'grow-volume':
    case 'return-room':
      return [step.target.disk]
    default:
      return []
  }
}
