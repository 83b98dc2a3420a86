import { fail, done, type Result } from '../../base/result.ts'
import type { GptDisk, GptPartition } from '../../formats/gpt/gpt-types.ts'
import { runCommand } from '../run-command.ts'
import { listDiskNodes, type DiskNode, type PartitionNode } from './disk-nodes.ts'
import type { LinuxPlaces } from './linux-places.ts'

const timeoutMs = 60_000

/** `table-changed` when the kernel has other partitions of this disk than its table: nothing may be built on that. */
export function requireSameView(node: DiskNode, gpt: GptDisk): Result<void> {
  const wanted = viewOf(gpt.partitions.filter(({ blocks }) => blocks > 0).map(placeIn(gpt)))
  const found = viewOf(node.partitions)
  return wanted === found ? done : fail('table-changed', { where: node.path, required: wanted, found })
}

/**
 * Makes the kernel's partitions of a disk what the table says, one by one and only where they differ: added, resized or
 * removed by partx(8) (BLKPG), which works on a disk in use; its table is never read anew as a whole. `busy` when one to
 * be removed is in use. Ends with a look into sysfs.
 */
export async function tellKernel(places: LinuxPlaces, name: string, gpt: GptDisk): Promise<Result<void>> {
  const before = nodeOf(places, name)
  if (before === null) return fail('unknown-disk', { what: name })
  const wanted = gpt.partitions.map(placeIn(gpt))
  const stale = before.partitions.filter((own) => !wanted.some((other) => isSamePlace(own, other)))
  for (const partition of stale.filter(({ number }) => !wanted.some((other) => other.number === number))) {
    const removed = await dropPartition(before, partition)
    if (!removed.ok) return removed
  }
  for (const place of wanted.filter((one) => !before.partitions.some((own) => isSamePlace(own, one)))) {
    const known = before.partitions.some(({ number }) => number === place.number)
    const told = await partx(known ? '--update' : '--add', place.number, before.path)
    if (!told.ok) return told
  }
  const after = nodeOf(places, name)
  return after === null ? fail('unknown-disk', { what: name }) : requireSameView(after, gpt)
}

/** Makes the kernel forget a partition; `busy` when it is in use. */
export async function dropPartition(node: DiskNode, partition: PartitionNode): Promise<Result<void>> {
  const dropped = await partx('--delete', partition.number, node.path)
  if (dropped.ok) return done
  const isBusy = /busy/i.test(dropped.failure.command?.output ?? '')
  return isBusy ? fail('busy', { what: partition.path }, { cause: dropped.failure }) : dropped
}

/**
 * Waits until udev has seen what changed; nothing where there is no udev. Never while a disk is locked: udev waits for
 * the lock.
 */
export async function settleDevices(): Promise<void> {
  await runCommand({ program: 'udevadm', args: ['settle', '--timeout=30'], timeoutMs })
}

async function partx(action: '--add' | '--delete' | '--update', number: number, path: string) {
  const ran = await runCommand({
    program: 'partx',
    args: [action, '--nr', String(number), path],
    timeoutMs,
  })
  return ran.ok ? done : ran
}

interface Place {
  readonly number: number
  readonly start: number
  readonly size: number
}

function placeIn({ sectorSize }: GptDisk) {
  return ({ slot, start, blocks }: GptPartition): Place => ({
    number: slot,
    start: start * sectorSize,
    size: blocks * sectorSize,
  })
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.number === b.number && a.start === b.start && a.size === b.size
}

function viewOf(places: readonly Place[]): string {
  return [...places]
    .sort((a, b) => a.number - b.number)
    .map(({ number, start, size }) => `${number}: ${start} + ${size}`)
    .join(', ')
}

function nodeOf(places: LinuxPlaces, name: string): DiskNode | null {
  return listDiskNodes(places).find((node) => node.name === name) ?? null
}
