import { bytes, MiB } from '../../base/bytes.ts'
import { toHex } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { Disk, Partition } from '../../model/disk.ts'
import type { BootVolume, RawFacts, RawVariable } from '../../model/machine.ts'
import type { Cancellation } from '../../ports/cancellation.ts'
import type { FirmwareVariables } from '../../ports/firmware-variables.ts'
import { holdsBootFiles, listBootVolume, type BootVolumeReader } from '../../probe/list-boot-volume.ts'
import { safeText } from '../../probe/safe-text.ts'
import type { ImageDisks } from './image-disks.ts'
import type { PcFile } from './pc-schema.ts'
import type { RawDisk } from './raw-disk.ts'

/** What a probe of a practice PC looks at. */
export interface ProbeParts extends BootVolumeReader {
  readonly pc: PcFile
  readonly disks: readonly RawDisk[]
  readonly found: ImageDisks
  readonly firmware: FirmwareVariables
}

/** Reads everything anew: `pc.json`'s facts, the images and the variable store. */
export async function probeImages(parts: ProbeParts, cancellation: Cancellation): Promise<Result<RawFacts>> {
  const variables = await readVariables(parts)
  if (!variables.ok) return variables
  const disks: Disk[] = []
  const bootVolumes: BootVolume[] = []
  for (const [index, raw] of parts.disks.entries()) {
    if (cancellation.requested) return fail('cancelled')
    const disk = await parts.found.read(raw, index)
    if (!disk.ok) return disk
    const known = { ...disk.value, partitions: disk.value.partitions.map((one) => addFacts(one, parts.pc)) }
    disks.push(known)
    for (const partition of known.partitions.filter(holdsBootFiles))
      bootVolumes.push(await listBootVolume(parts, known, partition))
  }
  const free = await parts.firmware.free()
  return ok({
    schema: 'berth/facts/1',
    ...pcFacts(parts.pc),
    firmware: {
      ...firmwareFacts(parts.pc),
      free: free.ok ? free.value : null,
      variables: variables.value,
    },
    disks,
    bootVolumes,
  })
}

function pcFacts(pc: PcFile): Omit<RawFacts, 'schema' | 'firmware' | 'disks' | 'bootVolumes'> {
  return {
    source: { kind: 'practice-pc', name: safeText(pc.name) },
    running: { ...pc.running, version: safeText(pc.running.version), locale: safeText(pc.running.locale) },
    power: pc.power,
    memory: bytes(pc.memoryMiB * MiB),
    cpu: pc.cpu,
    gpus: pc.gpus.map((gpu) => safeText(gpu)),
    tpm: pc.tpm,
    storageController: pc.storageController,
    windows: pc.running.os === 'windows' ? pc.windows : null,
  }
}

function firmwareFacts(pc: PcFile) {
  const { kind, access } = pc.firmware
  return { kind, access, vendor: safeText('EDK II'), model: safeText('OVMF'), version: safeText('') }
}

/** Empty on a BIOS PC and where the firmware gives no access: both are facts, not failures. */
async function readVariables({ pc, firmware }: ProbeParts): Promise<Result<readonly RawVariable[]>> {
  if (pc.firmware.kind === 'bios' || pc.firmware.access === 'none') return ok([])
  const names = await firmware.list()
  if (!names.ok) return names
  const variables: RawVariable[] = []
  for (const name of names.value) {
    const variable = await firmware.read(name)
    if (!variable.ok) return variable
    if (variable.value === null) continue
    const { attributes, data } = variable.value
    variables.push({ ...name, attributes, data: toHex(data) })
  }
  return ok(variables)
}

function addFacts(partition: Partition, pc: PcFile): Partition {
  const facts = pc.volumes[partition.id]
  if (facts === undefined) return partition
  const { volume } = partition
  const shrinkLimit = facts.shrinkLimitBytes ?? volume.shrinkLimit
  const bitlocker = facts.bitlocker ?? volume.bitlocker
  const inUse = [...volume.inUse, ...facts.mounted.map((path) => safeText(path))]
  return { ...partition, volume: { ...volume, shrinkLimit, bitlocker, inUse } }
}
