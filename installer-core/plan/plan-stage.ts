import { alignDown, bytes, MiB, type Bytes } from '../base/bytes.ts'
import type { Failure } from '../base/failure.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { CheckContext } from '../check/check-context.ts'
import { finding, type Finding } from '../check/finding.ts'
import { extent, findPlace, systemEsp, type Place } from '../check/locate.ts'
import { checkFirmware } from '../check/rules/firmware.ts'
import { checkPc } from '../check/rules/pc.ts'
import { checkRelease } from '../check/rules/release.ts'
import { checkSecureBoot } from '../check/rules/secure-boot.ts'
import { diskRefusal, tableEditRefusal } from '../check/space/disk-fitness.ts'
import { markedForCheck } from '../check/space/check-follows.ts'
import { mightShrink, shrinkFloor, shrinkRefusal, volumeName } from '../check/space/shrink-fitness.ts'
import { surveySpace } from '../check/space/space-survey.ts'
import { choicesSchema } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import { isStageFileSystem, stageFileSystems, type StageFileSystem } from '../model/stage.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { overlayNeed } from '../probe/volumes/overlay-need.ts'
import { partitionReader } from '../probe/volumes/volume-reader.ts'
import { stageBytes, stageSpare, type RoomPlan } from './make-room-plan.ts'
import type { RoomWish } from './room-wish.ts'

/** A mounted file system goes on being written to: what the stage has to move grows between a look and the run. */
const headroom = 8 * MiB

/** What no start of its own overcomes, and what is said of a volume beside: each as a finding of its own. */
const lasting: readonly Finding['id'][] = ['bitlocker-shrink', 'volume-hibernated', 'volume-needed-at-start']

/** What would keep the stage from starting on this PC, or from making this volume smaller, and what follows from it. */
export function stageFindings(
  machine: Machine,
  { partition }: Pick<RoomWish, 'partition'>,
  release: OpenRelease,
): readonly Finding[] {
  const choices = choicesSchema.parse({ schema: 'berth/choices/1' })
  const context: CheckContext = {
    machine,
    choices,
    release: release.manifest,
    releaseSha256: release.sha256,
    survey: surveySpace(machine, choices, release.manifest),
  }
  const about = [checkFirmware, checkPc, checkRelease, checkSecureBoot].flatMap((rule) => rule(context))
  const place = findPlace(machine, partition)
  if (place === null) return about
  const refusal = shrinkRefusal(machine, place, bytes(0))
  const last = refusal !== null && lasting.includes(refusal.id) ? [refusal] : []
  return [...about, ...last, ...markedForCheck(place.partition)]
}

/**
 * How the wish can be had by a start of its own: an ext4 or NTFS on a plain partition, mounted or not. Refusals, all before
 * anything is done: `unknown-partition`, `unsupported` (LVM, encryption, other file systems, other uses), `volume-dirty`,
 * `volume-shrink-limit`, `no-space` on the boot volume for the stage and its overlay together, or in a
 * store whose size was confirmed before.
 */
export async function planStage(
  platform: Pick<Platform, 'openDisk'>,
  machine: Machine,
  wish: RoomWish,
  release: OpenRelease,
): Promise<Result<RoomPlan>> {
  const volume = findPlace(machine, wish.partition)
  if (volume === null) return fail('unknown-partition', { what: wish.partition })
  const fits = requireFit(machine, volume)
  if (!fits.ok) return fits
  const to = sizeAfter(volume, wish.by)
  if (!to.ok) return to
  const need = await storeNeed(platform, volume, fits.value, to.value)
  if (!need.ok) return need
  const storeBytes = wish.storeBytes ?? bytes(need.value + headroom)
  if (need.value > storeBytes)
    return fail('no-space', { where: 'store', required: need.value, found: storeBytes })
  const boot = systemEsp(machine)
  if (boot === null) return fail('not-found', { what: 'ESP' })
  const plan = { volume, boot, to: to.value, storeBytes }
  const [required, found] = [stageBytes(plan, release.manifest) + stageSpare, boot.partition.volume.free ?? 0]
  return required <= found ? ok(plan) : fail('no-space', { where: boot.partition.id, required, found })
}

/** What `planStage` refused as a finding, when it is that the boot volume has no room; by its name, which people look for. */
export function fullBootVolume(machine: Machine, { code, facts }: Failure): Finding | null {
  const boot = systemEsp(machine)?.partition
  const { required, found } = facts
  if (code !== 'no-space' || boot === undefined || facts['where'] !== boot.id) return null
  return finding('stage-no-space', 'blocker', {
    required: Number(required),
    found: Number(found),
    where: boot.id,
    facts: { volume: volumeName(boot) },
  })
}

/** The file system that the stage is to make smaller. */
function requireFit(machine: Machine, { disk, partition }: Place): Result<StageFileSystem> {
  const { fileSystem, inUse, dirty } = partition.volume
  const refusal = diskRefusal(machine, disk) ?? tableEditRefusal(disk)
  if (refusal !== null) return fail('unsupported', { what: 'make-room', where: disk.id, found: refusal.id })
  // Where it is mounted does not matter; device-mapper, swap and RAID do.
  const others = inUse.filter((use) => !use.startsWith('/'))
  if (!isStageFileSystem(fileSystem) || !mightShrink(partition) || others.length > 0)
    return fail('unsupported', {
      what: 'make-room',
      where: partition.id,
      required: stageFileSystems.join(', '),
      found: [fileSystem, ...others].join(', '),
    })
  const isMounted = inUse.length > 0
  // A mounted ext4 always asks for its journal to be looked at; the stage looks at either once nobody uses it.
  return dirty === true && !isMounted ? fail('volume-dirty', { what: partition.id }) : ok(fileSystem)
}

function sizeAfter(place: Place, by: Bytes): Result<Bytes> {
  const { disk, partition } = place
  const { start, end } = extent(disk, partition)
  const to = alignDown(end - by, MiB) - start
  const floor = shrinkFloor(partition)
  if (floor !== null && floor <= to) return ok(bytes(to))
  return fail('volume-shrink-limit', { what: partition.id, required: Math.max(0, to), found: floor })
}

async function storeNeed(
  platform: Pick<Platform, 'openDisk'>,
  { disk, partition }: Place,
  fileSystem: StageFileSystem,
  to: Bytes,
): Promise<Result<Bytes>> {
  const device = await platform.openDisk(disk.id, 'read')
  if (!device.ok) return device
  const { start } = extent(disk, partition)
  const need = await overlayNeed(fileSystem, partitionReader(device.value, start, partition.size), to)
  await device.value.close()
  return need
}
