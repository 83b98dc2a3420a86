import { ok, type Result } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { fileOf } from '../../formats/device-path/short-form.ts'
import { parseBootEntryName } from '../../formats/efi-variable/boot-entry-name.ts'
import { parseBootNumber, parseBootOrder, serialiseBootOrder } from '../../formats/efi-variable/boot-order.ts'
import { parseLoadOption, type LoadOption } from '../../formats/load-option/load-option.ts'
import { deleteVariable, setVariable } from '../../formats/varstore/edit-varstore.ts'
import { parseVarstore, type StoredVariable } from '../../formats/varstore/parse-varstore.ts'
import type { FirmwareFault } from './pc-schema.ts'

/** What the firmware holds for starting systems. */
interface BootState {
  readonly variables: readonly StoredVariable[]
  readonly order: readonly number[]
  readonly next: number | null
}

type Edit = (image: Uint8Array, state: BootState) => Result<Uint8Array>

/**
 * The variable store as faulty firmware leaves it when the PC restarts, before anything starts. Without faults of that
 * kind it is returned as it is.
 */
export function applyRestartFaults(image: Uint8Array, faults: readonly FirmwareFault[]): Result<Uint8Array> {
  let current = image
  for (const fault of faults) {
    const state = readState(current)
    if (!state.ok) return state
    const edited = edits[fault](current, state.value)
    if (!edited.ok) return edited
    current = edited.value
  }
  return ok(current)
}

const edits: Readonly<Record<FirmwareFault, Edit>> = {
  'boot-order-locked': (image) => ok(image),
  'erases-2002': (image) => remove(image, 'Boot2002'),
  'entry-vanishes': (image, state) =>
    entriesOf(state)
      .filter(({ number }) => !state.order.includes(number))
      .reduce<Result<Uint8Array>>(
        (result, { name }) => (result.ok ? remove(result.value, name) : result),
        ok(image),
      ),
  'boot-order-reverts': revertOrder,
  'ignores-bootnext-unless-listed': (image, { next, order }) =>
    next !== null && !order.includes(next) ? remove(image, 'BootNext') : ok(image),
  'needs-full-device-path': (image, state) => {
    const entry = entriesOf(state).find(({ number }) => number === state.next)
    const isShort = entry?.option?.paths[0]?.nodes[0]?.kind === 'hard-drive'
    return isShort ? remove(image, 'BootNext') : ok(image)
  },
}

/** Windows first, then what starts no file of its own (entries that the firmware made); without Windows nothing changes. */
function revertOrder(image: Uint8Array, state: BootState): Result<Uint8Array> {
  const kinds = new Map(entriesOf(state).map(({ number, option }) => [number, kindOf(option)]))
  const of = (kind: EntryKind) => state.order.filter((number) => kinds.get(number) === kind)
  const windows = of('windows')
  if (windows.length === 0) return ok(image)
  const order = [...windows, ...of('firmware')]
  return setVariable(
    image,
    { vendor: vendor.global, name: 'BootOrder' },
    { attributes: 7, data: serialiseBootOrder(order) },
  )
}

type EntryKind = 'windows' | 'firmware' | 'other'

function kindOf(option: LoadOption | null): EntryKind {
  const path = option?.paths[0]
  const file = path === undefined ? null : fileOf(path)
  if (file === null || /^\\?fvfile/i.test(file)) return 'firmware'
  return /\\bootmgfw\.efi$/i.test(file) ? 'windows' : 'other'
}

function entriesOf({ variables }: BootState): readonly {
  readonly number: number
  readonly name: string
  readonly option: LoadOption | null
}[] {
  return variables.flatMap((variable) => {
    const entry = variable.vendor === vendor.global ? parseBootEntryName(variable.name) : null
    if (entry === null) return []
    const option = parseLoadOption(variable.data)
    return [{ number: entry.number, name: variable.name, option: option.ok ? option.value : null }]
  })
}

function readState(image: Uint8Array): Result<BootState> {
  const store = parseVarstore(image)
  if (!store.ok) return store
  const { variables } = store.value
  const dataOf = (name: string) =>
    variables.find((variable) => variable.vendor === vendor.global && variable.name === name)?.data
  const order = parseBootOrder(dataOf('BootOrder') ?? new Uint8Array())
  const next = parseBootNumber(dataOf('BootNext') ?? new Uint8Array())
  return ok({ variables, order: order.ok ? order.value : [], next: next.ok ? next.value : null })
}

function remove(image: Uint8Array, name: string): Result<Uint8Array> {
  return deleteVariable(image, { vendor: vendor.global, name })
}
