import { ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { parseBootEntryName } from '../formats/efi-variable/boot-entry-name.ts'
import { parseBootNumber, parseBootOrder } from '../formats/efi-variable/boot-order.ts'
import { parseLoadOption } from '../formats/load-option/load-option.ts'
import { parseVarstore } from '../formats/varstore/parse-varstore.ts'

/** What firmware goes by when it chooses what to start. */
export interface BootState {
  /** Null: the variable is absent. */
  readonly order: readonly number[] | null
  readonly next: number | null
  /** Descriptions of the entries that can be read, by number. */
  readonly descriptions: ReadonlyMap<number, string>
}

/** Reads it from the bytes of an OVMF variable store. */
export function readBootState(image: Uint8Array): Result<BootState> {
  const store = parseVarstore(image)
  if (!store.ok) return store
  const variables = store.value.variables.filter((variable) => variable.vendor === vendor.global)
  const dataOf = (name: string) => variables.find((variable) => variable.name === name)?.data ?? null
  const orderData = dataOf('BootOrder')
  const order = orderData === null ? null : parseBootOrder(orderData)
  const next = parseBootNumber(dataOf('BootNext') ?? new Uint8Array())
  const descriptions = variables.flatMap(({ name, data }) => {
    const entry = parseBootEntryName(name)
    const option = parseLoadOption(data)
    return entry !== null && option.ok ? [[entry.number, option.value.description] as const] : []
  })
  return ok({
    order: order?.ok === true ? order.value : null,
    next: next.ok ? next.value : null,
    descriptions: new Map(descriptions),
  })
}
