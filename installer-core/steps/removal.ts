import { assertNever } from '../base/assert-never.ts'
import { fail, type Result } from '../base/result.ts'
import type { PlannedStep, StepOf } from '../model/plan.ts'
import type { StepTools } from '../ports/step.ts'
import { restoreBootOrder } from './boot-order.ts'
import { clearStage } from './clear-stage.ts'
import { disarmTrial } from './disarm-trial.ts'
import { growVolume } from './grow-volume.ts'
import { removeBootEntry } from './remove-boot-entry.ts'
import { removeFiles } from './remove-files.ts'
import { removeCredentials } from './write-credentials.ts'
import { removePartition } from './remove-partition.ts'
import { returnRoom } from './return-room.ts'

const removalKinds = [
  'disarm-trial',
  'restore-boot-order',
  'remove-boot-entry',
  'remove-files',
  'remove-credentials',
  'remove-partition',
  'grow-volume',
  'return-room',
  'clear-stage',
] as const

export type RemovalKind = (typeof removalKinds)[number]
/** A step of an undo: the opposite of step `of` of the plan in the ownership manifest, or of what the offline stage did. */
export type RemovalStep = StepOf<RemovalKind>

export function isRemoval(step: PlannedStep): step is RemovalStep {
  return removalKinds.some((kind) => kind === step.kind)
}

/**
 * Takes back what one step of an installation made, as far as it is still Berth's; tells what it left and why.
 * Idempotent: an interrupted undo is finished by doing it again. What was made is read from the ownership manifest.
 */
export async function takeBack(tools: StepTools, removal: RemovalStep): Promise<Result<readonly string[]>> {
  const { before, made, plan } = tools.manifest
  if (removal.kind === 'return-room') return returnRoom(tools, removal)
  if (removal.kind === 'clear-stage') return clearStage(tools, removal)
  const former = plan.steps[removal.of]
  switch (removal.kind) {
    case 'disarm-trial':
      if (former?.kind !== 'arm-trial') return foreign(removal)
      return disarmTrial(tools, { entry: removal.entry, nonce: former.nonce, next: before.bootNext })
    case 'restore-boot-order':
      return restoreBootOrder(tools.platform.firmware, removal.entry, before.bootOrder)
    case 'remove-boot-entry':
      if (former?.kind !== 'create-boot-entry') return foreign(removal)
      return removeBootEntry(tools, { ...former, entry: removal.entry })
    case 'remove-files':
      return former?.kind === 'write-files' ? removeFiles(tools, former, made ?? null) : foreign(removal)
    case 'remove-credentials':
      if (former?.kind !== 'write-credentials') return foreign(removal)
      return removeCredentials(
        tools,
        former.target,
        former.files.map(({ path }) => path),
      )
    case 'remove-partition':
      return former?.kind === 'create-partition' ? removePartition(tools, former) : foreign(removal)
    case 'grow-volume':
      if (former?.kind !== 'shrink-volume') return foreign(removal)
      return growVolume(tools, { target: former.target, from: former.to, to: former.from })
    default:
      return assertNever(removal)
  }
}

/** A removal whose step is not the one it takes back: the plan does not belong to this installation. */
function foreign(removal: RemovalStep): Result<never> {
  return fail('not-ours', { what: removal.kind })
}
