import { parseGuid } from '../base/guid.ts'
import { malformed, ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import type { Disk } from '../model/disk.ts'
import {
  machineSchema,
  type BootEntry,
  type Machine,
  type ProbeFacts,
  type RawFacts,
} from '../model/machine.ts'
import type { PartitionId } from '../model/primitives.ts'
import type { Hasher } from '../ports/hasher.ts'
import { readBerthState } from './berth-state.ts'
import { readBootEntries } from './boot-entries.ts'
import { findAmbiguous } from './find-ambiguous.ts'
import { findInstalledSystems } from './installed-systems.ts'
import { quirksFor } from './quirks.ts'
import { readSecureBoot } from './secure-boot.ts'
import { readUtf16, variableTable, type VariableTable } from './variable-table.ts'

/**
 * The machine that raw facts describe; a recorded machine passes through. `malformed` names the member that breaks the
 * schema, with its path.
 */
export function buildMachine(facts: ProbeFacts, hasher: Hasher): Result<Machine> {
  return validate(facts.schema === 'berth/machine/1' ? facts : conclude(facts, hasher))
}

function validate(machine: unknown): Result<Machine> {
  const parsed = machineSchema.safeParse(machine)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  return malformed('machine', issue?.path.join('.') ?? '', 0, 'berth/machine/1', issue?.message ?? '')
}

function conclude(facts: RawFacts, hasher: Hasher): Machine {
  const { variables: raw, ...firmware } = facts.firmware
  const variables = variableTable(raw)
  const { disks, bootVolumes } = facts
  const entries = readBootEntries(variables, { disks, bootVolumes })
  const { bootEntries } = entries
  const bootOrder = readOrder(variables)
  const bootCurrent = readNumbers(variables, 'BootCurrent')[0] ?? null
  const running = { ...facts.running, bootedFrom: bootedFrom(facts, variables, bootEntries, bootCurrent) }
  const berth = readBerthState({ bootVolumes, variables, bootEntries, bootOrder })
  const attributes = raw.map((variable) => variable.attributes)
  return {
    ...facts,
    schema: 'berth/machine/1',
    running,
    firmware: {
      ...firmware,
      secureBoot: readSecureBoot(variables, firmware, hasher),
      ...entries,
      bootOrder,
      bootNext: readNumbers(variables, 'BootNext')[0] ?? null,
      bootCurrent,
      timeoutSeconds: readNumbers(variables, 'Timeout')[0] ?? null,
      quirks: quirksFor(firmware, { bootEntries, bootOrder, attributes, free: firmware.free, berth }).map(
        ({ id }) => id,
      ),
    },
    ambiguous: findAmbiguous(disks),
    installed: findInstalledSystems({ running, bootVolumes, bootEntries, bootCurrent, berth }),
    berth,
  }
}

/** 16-bit numbers of a variable; an odd last byte is left out, as firmware does; none when absent or empty. */
function readNumbers(variables: VariableTable, name: string): readonly number[] {
  const data = variables.data(vendor.global, name) ?? new Uint8Array()
  return Array.from(
    { length: data.length >> 1 },
    (_, i) => (data[2 * i] ?? 0) | ((data[2 * i + 1] ?? 0) << 8),
  )
}

function readOrder(variables: VariableTable): readonly number[] | null {
  return variables.data(vendor.global, 'BootOrder') === null ? null : readNumbers(variables, 'BootOrder')
}

/** The ESP the running system was started from: as the system says, as its loader noted, or as its entry names. */
function bootedFrom(
  { running, disks }: RawFacts,
  variables: VariableTable,
  entries: readonly BootEntry[],
  current: number | null,
): PartitionId | null {
  if (running.bootedFrom !== null) return running.bootedFrom
  const noted = parseGuid((readUtf16(variables, vendor.bootLoader, 'LoaderDevicePartUUID') ?? '').trim())
  const named = entries.find(({ number }) => number === current)?.partition ?? null
  return [noted as PartitionId | null, named].find((id) => id !== null && isThere(disks, id)) ?? null
}

function isThere(disks: readonly Disk[], id: PartitionId): boolean {
  return disks.some(({ partitions }) => partitions.some((partition) => partition.id === id))
}
