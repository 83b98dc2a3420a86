import { bytes, GiB } from '../../base/bytes.ts'
import { guid, parseGuid, toHex, type Guid } from '../../base/guid.ts'
import { vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { bootEntryName } from '../../formats/efi-variable/boot-entry-name.ts'
import { serialiseBootOrder } from '../../formats/efi-variable/boot-order.ts'
import { serialiseLoadOption } from '../../formats/load-option/load-option.ts'
import type { Disk } from '../../model/disk.ts'
import type { BootVolume, RawFacts, RawVariable } from '../../model/machine.ts'
import type { PartitionId } from '../../model/primitives.ts'
import { safeText } from '../safe-text.ts'

/** Facts of a PC with a Windows disk's worth of harmless values, and what a test gives instead. */
export function rawFacts(more: {
  readonly variables?: readonly RawVariable[]
  readonly disks?: readonly Disk[]
  readonly bootVolumes?: readonly BootVolume[]
  readonly running?: Partial<RawFacts['running']>
  readonly firmware?: Partial<RawFacts['firmware']>
}): RawFacts {
  return {
    schema: 'berth/facts/1',
    source: { kind: 'practice-pc', name: safeText('a test') },
    running: {
      os: 'windows',
      version: safeText('11'),
      locale: safeText('en-US'),
      bootedFrom: null,
      elevated: true,
      ...more.running,
    },
    power: { source: 'ac', percent: 80 },
    memory: bytes(8 * GiB),
    cpu: 'x86_64',
    gpus: [],
    tpm: '2.0',
    storageController: 'ahci',
    windows: null,
    firmware: {
      kind: 'uefi64',
      access: 'read-write',
      vendor: safeText('EDK II'),
      model: safeText('OVMF'),
      version: safeText('1'),
      free: null,
      variables: [...(more.variables ?? [])],
      ...more.firmware,
    },
    disks: [...(more.disks ?? [])],
    bootVolumes: [...(more.bootVolumes ?? [])],
  }
}

/** The variables of an efivars recording: whole efivarfs files, or data alone. A file too short for data has none. */
export function recordedVariables(recording: Uint8Array): RawVariable[] {
  const { format, variables } = JSON.parse(new TextDecoder().decode(recording)) as {
    format: string
    variables: Record<string, string>
  }
  const hasAttributes = format.startsWith('efivarfs')
  return Object.entries(variables).map(([key, hex]) => ({
    name: key.slice(0, -37),
    vendor: parseGuid(key.slice(-36)) ?? guid(key.slice(-36)),
    attributes: 7,
    data: hasAttributes ? hex.slice(8) : hex,
  }))
}

/** A variable of the firmware's own. */
export function globalVariable(name: string, data: Uint8Array | string): RawVariable {
  return { vendor: vendor.global, name, attributes: 7, data: typeof data === 'string' ? data : toHex(data) }
}

/** A Boot#### variable that names a file on a GPT partition. */
export function entryVariable(
  number: number,
  description: string,
  partition: { readonly id: string; readonly slot: number; readonly start: number; readonly blocks: number },
  file: string,
): RawVariable {
  const location = {
    partitionNumber: partition.slot,
    partitionGuid: guid(partition.id),
    start: partition.start,
    size: partition.blocks,
  }
  const option = {
    attributes: 1,
    description,
    paths: [shortFormPath(location, file)],
    optionalData: new Uint8Array(),
  }
  return globalVariable(bootEntryName(number), serialiseLoadOption(option))
}

export const orderVariable = (...numbers: number[]): RawVariable =>
  globalVariable('BootOrder', serialiseBootOrder(numbers))

export const asciiVariable = (owner: Guid, name: string, text: string): RawVariable => ({
  vendor: owner,
  name,
  attributes: 7,
  data: toHex(new TextEncoder().encode(text)),
})

/** A boot volume with files of 1,000 bytes each. */
export function bootVolume(
  partition: string,
  paths: readonly string[],
  more: Partial<BootVolume> = {},
): BootVolume {
  return {
    partition: partition as PartitionId,
    files: paths.map((path) => ({ path, size: bytes(1000), sha256: 'ab'.repeat(32) })),
    incomplete: false,
    manifest: null,
    ...more,
  }
}
