import { vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { bootEntryName } from '../../formats/efi-variable/boot-entry-name.ts'
import { serialiseBootOrder } from '../../formats/efi-variable/boot-order.ts'
import { serialiseLoadOption } from '../../formats/load-option/load-option.ts'
import type { PartitionDesign, VariableDesign } from '../build/pc-design.ts'

/** A boot entry of a template. */
export interface EntryWish {
  readonly description: string
  readonly partition: PartitionDesign
  /** `/`-separated. */
  readonly path: string
  readonly optionalData?: Uint8Array
}

const nonVolatile = 7

/** Boot0000, Boot0001 … in this order, and a BootOrder that lists them all. */
export function bootVariables(entries: readonly EntryWish[]): readonly VariableDesign[] {
  const numbers = entries.map((_, number) => number)
  const order = globalVariable('BootOrder', serialiseBootOrder(numbers))
  return [...entries.map((entry, number) => globalVariable(bootEntryName(number), loadOption(entry))), order]
}

function globalVariable(name: string, data: Uint8Array): VariableDesign {
  return { vendor: vendor.global, name, attributes: nonVolatile, data }
}

function loadOption({ description, partition, path, optionalData }: EntryWish): Uint8Array {
  const { slot, guid, start, blocks } = partition
  const location = { partitionNumber: slot, partitionGuid: guid, start, size: blocks }
  return serialiseLoadOption({
    attributes: 1,
    description,
    paths: [shortFormPath(location, path)],
    optionalData: optionalData ?? new Uint8Array(0),
  })
}

/** What Windows hands to its boot manager: `WINDOWS`, a version, lengths, and the GUID of its object in the BCD. */
export function windowsOptionalData(): Uint8Array {
  const bootManager = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}'
  const object = `BCDOBJECT=${bootManager}\0`
  const out = new Uint8Array(0x88)
  const view = new DataView(out.buffer)
  out.set(new TextEncoder().encode('WINDOWS\0'))
  view.setUint32(8, 1, true)
  view.setUint32(12, out.length, true)
  view.setUint32(16, 0x78, true)
  ;[...object].forEach((character, index) => view.setUint16(20 + 2 * index, character.charCodeAt(0), true))
  view.setUint32(0x78, 1, true)
  view.setUint32(0x7c, 0x10, true)
  view.setUint32(0x80, 4, true)
  out.set([0x7f, 0xff, 0x04, 0x00], 0x84)
  return out
}
