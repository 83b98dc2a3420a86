import { bytes, type Bytes } from '../../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../../base/result.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import { runCommand } from '../../run-command.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import { readPartitionUses } from '../partition-uses.ts'
import { resizePartition } from './resize-partition.ts'
import type { LinuxResizeParts } from './resize-parts.ts'

const timeoutMs = 6 * 60 * 60 * 1000

/**
 * Resizes a mounted btrfs and its partition. btrfs changes its own size by transactions: after a cut it has the old size
 * or the new one. Shrinking does the file system first, growing the partition; asked for the size that the partition has
 * already, the file system is made to fill it.
 */
export async function resizeBtrfs(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
  to: Bytes,
): Promise<Result<void>> {
  const device = await btrfsDevice(parts, found)
  if (!device.ok) return device
  if (to < found.size) {
    const limit = await btrfsLimit(parts, found)
    if (!limit.ok) return limit
    if (limit.value > to)
      return fail('volume-shrink-limit', { what: found.partition.guid, required: to, found: limit.value })
    const shrunk = await resize(parts, device.value, String(to))
    return shrunk.ok ? resizePartition(parts, to) : shrunk
  }
  const grown = to > found.size ? await resizePartition(parts, to) : done
  if (!grown.ok || device.value.size === to) return grown
  return resize(parts, device.value, 'max')
}

/** What the file system itself says it could not go below. */
export async function btrfsLimit(
  parts: LinuxResizeParts,
  found: FoundLinuxPartition,
): Promise<Result<Bytes>> {
  const device = await btrfsDevice(parts, found)
  if (!device.ok) return device
  const args = ['inspect-internal', 'min-dev-size', '--id', String(device.value.id), device.value.point]
  const asked = await runCommand({ program: 'btrfs', args, timeoutMs })
  if (!asked.ok) return asked
  const smallest = Number(/^(\d+) bytes/.exec(asked.value.stdout)?.[1])
  if (Number.isSafeInteger(smallest)) return ok(bytes(smallest))
  const facts = { tool: 'btrfs', exitCode: 0, signal: null, reason: 'output' }
  return fail('tool-failed', facts, { command: asked.value.record })
}

interface BtrfsDevice {
  /** Its number in the file system. */
  readonly id: number
  readonly size: number
  readonly point: string
}

/** From the superblock's own device item (Linux, btrfs_tree.h): id at 0xc9, size at 0xd1. */
async function btrfsDevice(
  { places }: LinuxResizeParts,
  { disk, offset, size, kernel, partition }: FoundLinuxPartition,
): Promise<Result<BtrfsDevice>> {
  const mount = readPartitionUses(places).mountsOf(kernel)[0]
  if (mount === undefined) return fail('busy', { what: kernel.path, where: partition.guid })
  const superblock = await partitionReader(imageBlockDevice(disk, 'read'), offset, size).read(65_536, 4096)
  if (!superblock.ok) return superblock
  const fields = new DataView(superblock.value.buffer, superblock.value.byteOffset)
  const number = (at: number) => Number(fields.getBigUint64(at, true))
  return ok({ id: number(0xc9), size: number(0xd1), point: mount.point })
}

async function resize(
  parts: LinuxResizeParts,
  { id, point }: BtrfsDevice,
  size: string,
): Promise<Result<void>> {
  for (const args of [
    ['filesystem', 'resize', `${id}:${size}`, point],
    ['filesystem', 'sync', point],
  ]) {
    const ran = await runCommand({ program: 'btrfs', args, timeoutMs })
    if (!ran.ok) return ran
  }
  parts.onChange()
  return done
}
