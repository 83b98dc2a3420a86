import { fromHex, guid, type Guid } from '../../../base/guid.ts'
import { expectOk } from '../../../base/result.ts'
import { parseBootEntryName } from '../../efi-variable/boot-entry-name.ts'
import { parseBootOrder } from '../../efi-variable/boot-order.ts'
import { parseEfivarFile } from '../../efi-variable/efivar-file.ts'
import { parseLoadOption, type LoadOption } from '../load-option.ts'

interface Recording {
  readonly format: string
  readonly variables: Readonly<Record<string, string>>
}

/** One machine of `fixtures/efivars/*.efivars.json`. */
export interface MachineVariables {
  /** The stored value: a whole efivarfs file where the recording has such files, else the data. */
  raw(name: string): Uint8Array
  /** The data alone. */
  data(name: string): Uint8Array
  readonly names: readonly { readonly name: string; readonly vendor: Guid }[]
  readonly order: readonly number[] | null
  readonly options: ReadonlyMap<string, LoadOption>
}

/** Reads a recording; a load option that does not parse fails the test. */
export function readMachine(file: Uint8Array): MachineVariables {
  const { format, variables } = JSON.parse(new TextDecoder().decode(file)) as Recording
  const isFile = format.startsWith('efivarfs')
  const entries = Object.entries(variables).map(([key, hex]) => ({
    name: key.slice(0, -37),
    vendor: guid(key.slice(-36)),
    raw: fromHex(hex),
  }))
  const raw = (name: string) => entries.find((entry) => entry.name === name)?.raw ?? missing(name)
  const data = (name: string) => (isFile ? expectOk(parseEfivarFile(raw(name))).data : raw(name))
  const options = entries
    .filter(({ name }) => parseBootEntryName(name) !== null)
    .map(({ name }): [string, LoadOption] => [name, expectOk(parseLoadOption(data(name)))])
  const hasOrder = entries.some(({ name }) => name === 'BootOrder')
  return {
    raw,
    data,
    names: entries,
    order: hasOrder ? expectOk(parseBootOrder(data('BootOrder'))) : null,
    options: new Map(options),
  }
}

function missing(name: string): never {
  throw new Error(`the recording has no ${name}`)
}
