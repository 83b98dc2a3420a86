import { toHex } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import type { BootVolume, RawFacts, RawVariable } from '../../model/machine.ts'
import type { PartitionId } from '../../model/primitives.ts'
import type { Cancellation } from '../../ports/cancellation.ts'
import type { FirmwareVariables } from '../../ports/firmware-variables.ts'
import type { Hasher } from '../../ports/hasher.ts'
import { buildMachine } from '../../probe/build-machine.ts'
import { holdsBootFiles, listBootVolume, type BootVolumeReader } from '../../probe/list-boot-volume.ts'
import type { LinuxDisks } from './linux-disks.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { readFirmwareFacts, readPcFacts } from './pc-facts.ts'

/** What a probe looks at. */
export interface LinuxProbeParts extends BootVolumeReader {
  readonly places: LinuxPlaces
  readonly disks: LinuxDisks
  readonly firmware: FirmwareVariables
  readonly elevated: boolean
}

/** Reads everything anew: sysfs, the disks themselves, the firmware's variables, the boot volumes. */
export async function probeLinux(
  parts: LinuxProbeParts,
  cancellation: Cancellation,
): Promise<Result<RawFacts>> {
  if (cancellation.requested) return fail('cancelled')
  const firmware = readFirmwareFacts(parts.places)
  const variables = firmware.access === 'none' ? ok([]) : await readVariables(parts.firmware)
  if (!variables.ok) return variables
  const disks = await parts.disks.readAll(() => cancellation.requested)
  if (!disks.ok) return disks
  const bootVolumes: BootVolume[] = []
  for (const disk of disks.value)
    for (const partition of disk.partitions.filter(holdsBootFiles)) {
      if (cancellation.requested) return fail('cancelled')
      bootVolumes.push(await listBootVolume(parts, disk, partition))
    }
  const free = firmware.access === 'none' ? ok(null) : await parts.firmware.free()
  const facts: RawFacts = {
    schema: 'berth/facts/1',
    ...readPcFacts(parts.places, parts.elevated),
    firmware: { ...firmware, free: free.ok ? free.value : null, variables: variables.value },
    disks: disks.value,
    bootVolumes,
  }
  return ok(withBootedFrom(facts, parts.hasher))
}

/** One that the firmware does not hand out (it vanished, or reading it fails) is left out. */
async function readVariables(firmware: FirmwareVariables): Promise<Result<readonly RawVariable[]>> {
  const names = await firmware.list()
  if (!names.ok) return names
  const variables: RawVariable[] = []
  for (const name of names.value) {
    const variable = await firmware.read(name)
    if (!variable.ok || variable.value === null) continue
    variables.push({ ...name, attributes: variable.value.attributes, data: toHex(variable.value.data) })
  }
  return ok(variables)
}

/** Where neither loader nor firmware tell which ESP this system was started from, it is the one that it has mounted. */
function withBootedFrom(facts: RawFacts, hasher: Hasher): RawFacts {
  const machine = buildMachine(facts, hasher)
  if (!machine.ok || machine.value.running.bootedFrom !== null) return facts
  const bootedFrom = mountedEsp(facts)
  return bootedFrom === null ? facts : { ...facts, running: { ...facts.running, bootedFrom } }
}

function mountedEsp({ disks }: RawFacts): PartitionId | null {
  const usual = ['/efi', '/boot/efi', '/boot']
  const esps = disks.flatMap(({ partitions }) =>
    partitions.filter(({ typeGuid }) => typeGuid === partitionType.esp),
  )
  const found = usual.map((point) => esps.find(({ volume }) => volume.inUse.includes(point as never)))
  return found.find((partition) => partition !== undefined)?.id ?? null
}
