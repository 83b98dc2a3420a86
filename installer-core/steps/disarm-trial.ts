import { done, ok, type Result } from '../base/result.ts'
import type { FirmwareVariables, VariableName } from '../ports/firmware-variables.ts'
import type { StepTools } from '../ports/step.ts'
import {
  armedName,
  bootNextName,
  deleteVariable,
  hasNonce,
  numbersToBytes,
  readNext,
  readVariable,
  trialName,
  writeVariable,
} from './variables.ts'

/** One trial: its entry, its nonce, and the BootNext that was there before it (null: none). */
export interface Trial {
  readonly entry: number
  readonly nonce: string
  readonly next: number | null
}

/**
 * Ends a trial: BootNext becomes what it was while the trial has not been started yet, and goes when it points at
 * Berth's entry later on; BerthArmed and BerthTrial go when they carry this trial's nonce. Anything else stays.
 */
export async function disarmTrial(tools: StepTools, trial: Trial): Promise<Result<readonly string[]>> {
  const { firmware } = tools.platform
  const next = await restoreNext(firmware, trial)
  if (!next.ok) return next
  for (const variable of [trialName, armedName]) {
    const gone = await deleteOwn(firmware, variable, trial.nonce)
    if (!gone.ok) return gone
  }
  return ok([])
}

async function restoreNext(firmware: FirmwareVariables, trial: Trial): Promise<Result<void>> {
  const next = await readNext(firmware)
  if (!next.ok || next.value !== trial.entry) return next.ok ? done : next
  const armed = await readVariable(firmware, armedName)
  if (!armed.ok) return armed
  // Once the trial was confirmed, the former BootNext is long past.
  const waiting = armed.value !== null && hasNonce(armed.value.data, trial.nonce)
  if (trial.next === null || !waiting) return deleteVariable(firmware, bootNextName)
  return writeVariable(firmware, bootNextName, numbersToBytes([trial.next]))
}

async function deleteOwn(
  firmware: FirmwareVariables,
  variable: VariableName,
  nonce: string,
): Promise<Result<void>> {
  const found = await readVariable(firmware, variable)
  if (!found.ok) return found
  if (found.value === null || !hasNonce(found.value.data, nonce)) return done
  return deleteVariable(firmware, variable)
}
