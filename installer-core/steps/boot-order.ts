import { done, ok, type Result } from '../base/result.ts'
import type { FirmwareVariables } from '../ports/firmware-variables.ts'
import { bootOrderName, deleteVariable, hex4, numbersToBytes, readOrder, writeVariable } from './variables.ts'

/**
 * Takes `entry` out of BootOrder. When what remains is the former order, that comes back exactly, an absent variable
 * included; when somebody changed the order meanwhile (firmware, the person, another system), theirs stays, without ours.
 */
export async function restoreBootOrder(
  firmware: FirmwareVariables,
  entry: number,
  former: readonly number[] | null,
): Promise<Result<readonly string[]>> {
  const current = await readOrder(firmware)
  if (!current.ok) return current
  const wanted = orderWithout(current.value, entry, former)
  const written = await writeOrder(firmware, current.value, wanted)
  return written.ok ? ok([]) : written
}

/** The order to write; null: the variable is to be absent. */
export function orderWithout(
  current: readonly number[] | null,
  entry: number,
  former: readonly number[] | null,
): readonly number[] | null {
  const others = (order: readonly number[] | null) => (order ?? []).filter((number) => number !== entry)
  const rest = others(current)
  return sameOrder(rest, others(former)) ? former : rest
}

/** Writes BootOrder only when it is to change; an order without entries is an absent variable. */
export async function writeOrder(
  firmware: FirmwareVariables,
  current: readonly number[] | null,
  wanted: readonly number[] | null,
): Promise<Result<void>> {
  if (wanted === null || wanted.length === 0)
    return current === null ? done : deleteVariable(firmware, bootOrderName)
  if (current !== null && sameOrder(current, wanted)) return done
  return writeVariable(firmware, bootOrderName, numbersToBytes(wanted))
}

/** True when two orders name the same entries in the same sequence; two absent ones are the same. */
export function sameOrder(a: readonly number[] | null, b: readonly number[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((number, i) => number === b[i])
}

/** `0000,0003`, as `efibootmgr` writes it; `absent` when the variable is. */
export function orderWords(order: readonly number[] | null): string {
  return order === null ? 'absent' : order.map(hex4).join(',')
}
