import { done, fail, type Result } from '../../base/result.ts'
import type { GptDisk, GptEdit } from '../../formats/gpt/gpt-types.ts'
import { parseGpt } from '../../formats/gpt/parse-gpt.ts'
import type { Hasher } from '../../ports/hasher.ts'
import { planTableChange, tableGroups } from '../disk-image/edit-table.ts'
import { readEnds } from '../disk-image/image-disks.ts'
import { writeGroups } from '../disk-image/undoable-write.ts'
import { isClaimed } from './device-files.ts'
import { lockDevice } from './device-lock.ts'
import { dropPartition, requireSameView, settleDevices, tellKernel } from './kernel-partitions.ts'
import type { FoundLinuxDisk } from './linux-disks.ts'
import type { LinuxPlaces } from './linux-places.ts'

/**
 * Changes the table of a disk that may be in use: what goes is taken from the kernel first (`busy` when somebody uses
 * it), then both copies are written, one valid at every instant, then the kernel hears of what is new. When something
 * fails, table and kernel are brought back to what they were. Closes the disk. `expected`: the table's digest; null takes it as it is.
 */
export async function editLinuxTable(
  places: LinuxPlaces,
  found: FoundLinuxDisk,
  expected: string | null,
  edits: readonly GptEdit[],
  hasher: Hasher,
): Promise<Result<void>> {
  const lock = await lockDevice(found.node.path)
  if (!lock.ok) return lock
  const edited = await editLocked(places, found, expected, edits, hasher)
  // Closed under the lock, and only then seen by udev.
  found.close()
  await lock.value()
  await settleDevices()
  return edited
}

async function editLocked(
  places: LinuxPlaces,
  found: FoundLinuxDisk,
  expected: string | null,
  edits: readonly GptEdit[],
  hasher: Hasher,
): Promise<Result<void>> {
  const change = planTableChange(found, expected, edits, hasher)
  if (!change.ok) return change
  const { old, edited } = change.value
  const isSame = requireSameView(found.node, old)
  if (!isSame.ok && edits.length > 0) return isSame
  const free = await takeFromKernel(found, edits)
  const changed = free.ok ? await writeAndTell(places, found, old, edited) : free
  if (changed.ok || edits.length === 0) return changed
  const back = await writeAndTell(places, found, onDisk(found) ?? edited, old)
  return back.ok ? changed : { ok: false, failure: { ...changed.failure, cause: back.failure } }
}

/** Nothing is taken from the kernel unless all of it can be. */
async function takeFromKernel({ node }: FoundLinuxDisk, edits: readonly GptEdit[]): Promise<Result<void>> {
  const slots = edits.filter(({ kind }) => kind === 'remove').map(({ slot }) => slot)
  const gone = node.partitions.filter(({ number }) => slots.includes(number))
  const used = gone.find(({ path }) => isClaimed(path))
  if (used !== undefined) return fail('busy', { what: used.path })
  for (const partition of gone) {
    const dropped = await dropPartition(node, partition)
    if (!dropped.ok) return dropped
  }
  return done
}

/** Brings `wanted` onto the disk, where `old` is now, and to the kernel. */
export async function writeAndTell(
  places: LinuxPlaces,
  found: FoundLinuxDisk,
  old: GptDisk,
  wanted: GptDisk,
): Promise<Result<void>> {
  const written = writeGroups([found.disk], tableGroups({ ...found, index: 0 }, { old, edited: wanted }))
  return written.ok ? tellKernel(places, found.node.name, wanted) : written
}

function onDisk({ disk }: FoundLinuxDisk): GptDisk | null {
  const ends = readEnds(disk)
  const gpt = ends.ok ? parseGpt(ends.value) : ends
  return gpt.ok ? gpt.value : null
}
