import { vendor } from '../base/well-known.ts'
import { fail, done, ok, type Result } from '../base/result.ts'
import type { FirmwareVariables, Variable, VariableName } from '../ports/firmware-variables.ts'

/** Non-volatile, boot services, runtime (UEFI 2.10, 8.2): what every variable of Berth's carries. */
const bootAttributes = 7
/** How often a call that a signal interrupted is made again: firmware calls do get interrupted on real PCs. */
const interruptedCalls = 3

export const bootOrderName: VariableName = { vendor: vendor.global, name: 'BootOrder' }
export const bootNextName: VariableName = { vendor: vendor.global, name: 'BootNext' }
/** Tells the new system which trial this is: `<release id> <nonce>` in ASCII. */
export const armedName: VariableName = { vendor: vendor.berth, name: 'BerthArmed' }
/** The new system's answer, with the same content. */
export const trialName: VariableName = { vendor: vendor.berth, name: 'BerthTrial' }

/** `Boot0003` for 3 (UEFI 2.10, 3.1.3: four upper-case hex digits). */
export function bootVariable(number: number): VariableName {
  return { vendor: vendor.global, name: `Boot${hex4(number)}` }
}

/** Four upper-case hex digits. */
export function hex4(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0')
}

/** The value of BerthArmed and BerthTrial. */
export function trialValue(release: string, nonce: string): Uint8Array {
  return new TextEncoder().encode(`${release} ${nonce}`)
}

/** True when a value of BerthArmed or BerthTrial ends with this nonce: it belongs to that installation. */
export function hasNonce(data: Uint8Array, nonce: string): boolean {
  const text = String.fromCharCode(...data.subarray(0, 256)).replace(/[\0\s]+$/, '')
  return text.endsWith(` ${nonce}`)
}

export function numbersToBytes(numbers: readonly number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap((number) => [number & 0xff, number >> 8]))
}

/** u16 little-endian numbers; an odd last byte is left out, as firmware does. */
export function bytesToNumbers(data: Uint8Array): number[] {
  return Array.from(
    { length: data.length >> 1 },
    (_, i) => (data[2 * i] ?? 0) | ((data[2 * i + 1] ?? 0) << 8),
  )
}

/** BootOrder; null when the variable is absent. */
export async function readOrder(firmware: FirmwareVariables): Promise<Result<readonly number[] | null>> {
  const found = await readVariable(firmware, bootOrderName)
  if (!found.ok) return found
  return ok(found.value === null ? null : bytesToNumbers(found.value.data))
}

/** BootNext; null when the variable is absent or holds no number. */
export async function readNext(firmware: FirmwareVariables): Promise<Result<number | null>> {
  const found = await readVariable(firmware, bootNextName)
  if (!found.ok) return found
  return ok(found.value === null ? null : (bytesToNumbers(found.value.data)[0] ?? null))
}

export function readVariable(
  firmware: FirmwareVariables,
  name: VariableName,
): Promise<Result<Variable | null>> {
  return whenInterruptedAgain(() => firmware.read(name))
}

/**
 * Writes and looks whether it is there: `firmware-variable-lost` when it is gone, `firmware-order-reverted` when the
 * firmware put another BootOrder in its place, `read-back-differs` when anything else reads back different.
 */
export async function writeVariable(
  firmware: FirmwareVariables,
  variable: VariableName,
  data: Uint8Array,
): Promise<Result<void>> {
  const written = await whenInterruptedAgain(() =>
    firmware.write(variable, { attributes: bootAttributes, data }),
  )
  if (!written.ok) return written
  const seen = await readVariable(firmware, variable)
  if (!seen.ok) return seen
  if (seen.value === null) return fail('firmware-variable-lost', { what: variable.name })
  if (sameBytes(seen.value.data, data)) return done
  const reverted = variable.name === bootOrderName.name
  return fail(reverted ? 'firmware-order-reverted' : 'read-back-differs', {
    what: variable.name,
    where: 'firmware',
  })
}

/** Deletes and looks whether it is gone; succeeds when it was absent already. */
export async function deleteVariable(
  firmware: FirmwareVariables,
  variable: VariableName,
): Promise<Result<void>> {
  const before = await readVariable(firmware, variable)
  if (!before.ok || before.value === null) return before.ok ? done : before
  const deleted = await whenInterruptedAgain(() => firmware.delete(variable))
  if (!deleted.ok) return deleted
  const after = await readVariable(firmware, variable)
  if (!after.ok) return after
  return after.value === null ? done : fail('read-back-differs', { what: variable.name, where: 'firmware' })
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

async function whenInterruptedAgain<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  let result = await call()
  for (let again = 1; again < interruptedCalls; again += 1) {
    if (result.ok || result.failure.code !== 'interrupted-call') return result
    result = await call()
  }
  return result
}
