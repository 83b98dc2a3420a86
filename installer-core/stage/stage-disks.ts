import { setTimeout as wait } from 'node:timers/promises'
import { changeCounter } from '../adapters/disk-image/change-counter.ts'
import { imageBlockDevice } from '../adapters/disk-image/image-block-device.ts'
import { editLinuxTable } from '../adapters/linux/edit-linux-table.ts'
import { LinuxDisks, type FoundLinuxPartition } from '../adapters/linux/linux-disks.ts'
import { linuxPlaces } from '../adapters/linux/linux-places.ts'
import { showVolume, type MountedVolume } from '../adapters/linux/volume-mounts.ts'
import { resizePartition } from '../adapters/linux/volume-resize/resize-partition.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { parseGuid } from '../base/guid.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import {
  isStageFileSystem,
  stageFileSystems,
  type StageFileSystem,
  type StageJob,
  type StageMark,
} from '../model/stage.ts'
import type { PartitionId } from '../model/primitives.ts'
import type { FirmwareVariables } from '../ports/firmware-variables.ts'
import { readVolume } from '../probe/volumes/read-volume.ts'
import { partitionReader } from '../probe/volumes/volume-reader.ts'
import { readVariable } from '../steps/variables.ts'

/** Where the stage finds the PC; it keeps nothing of its own beyond its start. */
export const stagePlaces = { ...linuxPlaces, state: '/run/berth-state' }
const disks = new LinuxDisks(stagePlaces, nodeHasher, changeCounter())

/** The boot volume that the stage was started from, as systemd's stub tells it (Boot Loader Interface). */
export async function openOwnVolume(firmware: FirmwareVariables): Promise<Result<MountedVolume>> {
  const told = await readVariable(firmware, { vendor: vendor.bootLoader, name: 'LoaderDevicePartUUID' })
  if (!told.ok) return told
  const id = parseGuid(
    Buffer.from(told.value?.data ?? [])
      .toString('utf16le')
      .replace(/\0.*$/, ''),
  )
  if (id === null) return fail('not-found', { what: 'LoaderDevicePartUUID' })
  const found = await findLate(id as string as PartitionId)
  if (!found.ok) return found
  found.value.close()
  return showVolume(stagePlaces, id as string as PartitionId, found.value.kernel)
}

/** Disks appear by and by. */
async function findLate(id: PartitionId): Promise<Result<FoundLinuxPartition>> {
  for (let look = 0; look < 30; look += 1) {
    const all = await disks.readAll(() => false)
    const disk = all.ok ? all.value.find((one) => one.partitions.some((part) => part.id === id)) : undefined
    if (disk !== undefined) return disks.findPartition(disk.id, id)
    await wait(1000)
  }
  return fail('unknown-partition', { what: id })
}

/** The volume of the job, by everything that tells it from others. */
export async function findVolume(
  job: StageJob,
  access: 'read' | 'write' = 'read',
): Promise<Result<FoundLinuxPartition>> {
  const found = await disks.findPartition(job.disk, job.partition, access)
  if (!found.ok) return found
  const { partition, size } = found.value
  if (partition.start === job.start && (size === job.from || size === job.to)) return found
  found.value.close()
  return fail('identity-changed', {
    what: job.partition,
    required: `${job.start} + ${job.from}`,
    found: `${partition.start} + ${size}`,
  })
}

/** A cut may have left the two copies of the table different: the one that counts is written anew first. */
export async function shrinkPartition(job: StageJob): Promise<Result<void>> {
  const again = () => findVolume(job, 'write')
  const found = await again()
  if (!found.ok) return found
  const settled = found.value.gpt.agree
    ? done
    : await editLinuxTable(stagePlaces, found.value, null, [], nodeHasher)
  found.value.close()
  if (!settled.ok) return settled
  if (found.value.size === job.to) return done
  return resizePartition(
    { places: stagePlaces, hasher: nodeHasher, onChange: () => undefined, again },
    job.to,
  )
}

/**
 * What the volume holds. What was not known while it was in use is known now: `volume-hibernated`, `volume-dirty`
 * (ext4 is checked by the work itself). Once its change has begun, nothing is asked of it any more.
 */
export async function requireAtRest(
  { disk, offset, size, partition }: FoundLinuxPartition,
  { phase }: StageMark,
): Promise<Result<StageFileSystem>> {
  const what = partition.guid
  const { fileSystem, dirty, hibernated } = await readVolume(
    partitionReader(imageBlockDevice(disk, 'read'), offset, size),
  )
  if (phase !== 'prepare') return ok(fileSystem === 'ntfs' ? 'ntfs' : 'ext4')
  if (!isStageFileSystem(fileSystem))
    return fail('identity-changed', { what, required: stageFileSystems.join(', '), found: fileSystem })
  if (hibernated === true) return fail('volume-hibernated', { what })
  if (fileSystem === 'ntfs' && dirty === true) return fail('volume-dirty', { what })
  return ok(fileSystem)
}
