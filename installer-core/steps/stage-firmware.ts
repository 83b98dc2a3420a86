import { done, ok, type Result } from '../base/result.ts'
import { toHex } from '../base/guid.ts'
import type { StageJob } from '../model/stage.ts'
import type { FirmwareVariables } from '../ports/firmware-variables.ts'
import {
  bootNextName,
  bootOrderName,
  bootVariable,
  deleteVariable,
  numbersToBytes,
  readNext,
  readOrder,
  readVariable,
  writeVariable,
} from './variables.ts'

/** Chooses the stage for the next start, and reads that back. */
export function armStage(firmware: FirmwareVariables, entry: number): Promise<Result<void>> {
  return writeVariable(firmware, bootNextName, numbersToBytes([entry]))
}

/**
 * Puts the stage in front of the boot order. Firmware uses BootNext up before it starts what it names: a second cut right
 * then would otherwise start the present system on a volume that is half merged.
 */
export async function takeLead(firmware: FirmwareVariables, entry: number): Promise<Result<void>> {
  const order = await readOrder(firmware)
  if (!order.ok) return order
  const others = (order.value ?? []).filter((number) => number !== entry)
  return writeVariable(firmware, bootOrderName, numbersToBytes([entry, ...others]))
}

/**
 * Takes the stage out of BootNext unless it leads the boot order, as it does from before the volume is touched until that
 * is whole again; false when it leads. Its entry stays: whether that is its own is known by its job only.
 */
export async function leaveUnlessLeading(
  firmware: FirmwareVariables,
  entry: number,
): Promise<Result<boolean>> {
  const order = await readOrder(firmware)
  if (!order.ok) return order
  if (order.value?.[0] === entry) return ok(false)
  const next = await readNext(firmware)
  if (!next.ok) return next
  const left = next.value === entry ? await deleteVariable(firmware, bootNextName) : done
  return left.ok ? ok(true) : left
}

/** Takes the stage out of the boot order, then out of BootNext, then its entry away. Can be repeated after a cut. */
export async function leaveFirmware(firmware: FirmwareVariables, job: StageJob): Promise<Result<void>> {
  const order = await readOrder(firmware)
  if (!order.ok) return order
  if (order.value?.includes(job.entry) === true) {
    const others = order.value.filter((number) => number !== job.entry)
    const left =
      others.length === 0
        ? await deleteVariable(firmware, bootOrderName)
        : await writeVariable(firmware, bootOrderName, numbersToBytes(others))
    if (!left.ok) return left
  }
  const next = await readNext(firmware)
  if (!next.ok) return next
  const cleared = next.value === job.entry ? await deleteVariable(firmware, bootNextName) : done
  if (!cleared.ok) return cleared
  const isOwn = await isStageEntry(firmware, job)
  if (!isOwn.ok || !isOwn.value) return isOwn.ok ? done : isOwn
  return deleteVariable(firmware, bootVariable(job.entry))
}

/** True when the entry of the stage's number is the one that was made for it. */
export async function isStageEntry(firmware: FirmwareVariables, job: StageJob): Promise<Result<boolean>> {
  const entry = await readVariable(firmware, bootVariable(job.entry))
  if (!entry.ok) return entry
  return { ok: true, value: entry.value !== null && toHex(entry.value.data) === job.option }
}
