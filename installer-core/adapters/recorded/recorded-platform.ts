import { bytes } from '../../base/bytes.ts'
import { fromHex } from '../../base/guid.ts'
import { done, fail, ok, type Err, type Result } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { bootEntryName } from '../../formats/efi-variable/boot-entry-name.ts'
import { serialiseBootNumber, serialiseBootOrder } from '../../formats/efi-variable/boot-order.ts'
import type { Machine } from '../../model/machine.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import type { FirmwareVariables, Variable, VariableName } from '../../ports/firmware-variables.ts'
import type { Platform } from '../../ports/platform.ts'

/**
 * A machine that somebody recorded, to plan for and nothing else: every change is `read-only`, and what a recording does
 * not hold (sectors, files) is `unsupported`.
 */
export function recordedPlatform(machine: Machine): Platform {
  const readOnly = (what: string): Err => fail('read-only', { what, where: 'a recorded machine' })
  const absent = (what: string): Err => fail('unsupported', { what, where: 'a recorded machine' })
  return {
    probe: async ({ requested }) => (requested ? fail('cancelled') : ok(machine)),
    openDisk: async (id, access) => {
      const found = requireDisk(machine, id)
      if (!found.ok) return found
      return access === 'write' ? readOnly('open') : absent('open')
    },
    editPartitions: async (id) => then(requireDisk(machine, id), () => readOnly('edit partitions')),
    resizeVolume: async (disk, id) => then(findPartition(machine, disk, id), () => readOnly('resize')),
    formatVolume: async (disk, id) => then(findPartition(machine, disk, id), () => readOnly('format')),
    openBootVolume: async (disk, id) => then(findPartition(machine, disk, id), () => absent('open')),
    shrinkLimit: async (disk, id) => {
      const found = findPartition(machine, disk, id)
      if (!found.ok) return found
      const { shrinkLimit } = found.value.volume
      return shrinkLimit === null ? absent('shrink limit') : ok(shrinkLimit)
    },
    firmware: recordedFirmware(machine),
    inhibit: async () => readOnly('inhibit'),
    restart: async () => readOnly('restart'),
    changes: () => null,
    close: async () => done,
  }
}

/** The boot variables, as far as the machine's description holds them. */
function recordedFirmware({ firmware }: Machine): FirmwareVariables {
  const variables = bootVariables(firmware)
  const readOnly = async (variable: VariableName): Promise<Err> =>
    fail('read-only', { what: variable.name, where: 'a recorded machine' })
  const guarded = <T>(value: T): Result<T> => {
    if (firmware.kind === 'bios') return fail('unsupported', { what: 'firmware variables', where: 'bios' })
    if (firmware.access === 'none') return fail('firmware-access-denied', { what: 'firmware variables' })
    return ok(value)
  }
  return {
    list: async () => guarded([...variables.keys()].map((name) => ({ vendor: vendor.global, name }))),
    read: async ({ vendor: owner, name }) =>
      guarded(owner === vendor.global ? (variables.get(name) ?? null) : null),
    write: readOnly,
    delete: readOnly,
    free: async () => guarded(firmware.free === null ? null : bytes(firmware.free)),
  }
}

function bootVariables(firmware: Machine['firmware']): ReadonlyMap<string, Variable> {
  const { bootOrder, bootNext, bootCurrent } = firmware
  const variable = (data: Uint8Array): Variable => ({ attributes: 7, data })
  const entries = firmware.bootEntries.map(
    ({ number, data }) => [bootEntryName(number), variable(fromHex(data))] as const,
  )
  const one = (name: string, value: number | null) =>
    value === null ? [] : [[name, variable(serialiseBootNumber(value))] as const]
  return new Map([
    ...entries,
    ...(bootOrder === null ? [] : [['BootOrder', variable(serialiseBootOrder(bootOrder))] as const]),
    ...one('BootNext', bootNext),
    ...one('BootCurrent', bootCurrent),
  ])
}

function requireDisk(machine: Machine, id: DiskId) {
  const found = machine.disks.filter((disk) => disk.id === id)
  const [only] = found
  if (only === undefined) return fail('unknown-disk', { what: id })
  return found.length === 1
    ? ok(only)
    : fail('identity-changed', { what: id, found: `${found.length} disks` })
}

function findPartition(machine: Machine, disk: DiskId, id: PartitionId) {
  const found = requireDisk(machine, disk)
  if (!found.ok) return found
  const partition = found.value.partitions.find((candidate) => candidate.id === id)
  return partition === undefined ? fail('unknown-partition', { what: id, where: disk }) : ok(partition)
}

function then<T, U>(result: Result<T>, next: () => Result<U>): Result<U> {
  return result.ok ? next() : result
}
