import { setTimeout as wait } from 'node:timers/promises'
import { bytes } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { Disk } from '../../model/disk.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import type { Hasher } from '../../ports/hasher.ts'
import { safeText } from '../../probe/safe-text.ts'
import { countedDisk, type ChangeCounter } from '../disk-image/change-counter.ts'
import { ImageDisks, readEnds, type FoundDisk, type FoundPartition } from '../disk-image/image-disks.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'
import { listDiskNodes, type DiskNode, type PartitionNode } from './disk-nodes.ts'
import { settleDevices } from './kernel-partitions.ts'
import { openLinuxDisk } from './linux-disk.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { readPartitionUses } from './partition-uses.ts'
import { isClaimed } from './device-files.ts'
import { names, neededAtStart } from './start-mounts.ts'

/** How often a partition that the kernel does not have is looked for. */
const looks = 4

/** A disk found by identity, with what the kernel knows of it. Close it after use. */
export interface FoundLinuxDisk extends FoundDisk {
  readonly node: DiskNode
  close(): void
}
/** A partition that the kernel has just as the table says. */
export interface FoundLinuxPartition extends FoundPartition {
  readonly node: DiskNode
  readonly kernel: PartitionNode
  close(): void
}

/** Finds the PC's disks and partitions by identity, every time anew from sysfs and from what is on them. */
export class LinuxDisks {
  readonly #places: LinuxPlaces
  readonly #hasher: Hasher
  readonly #counter: ChangeCounter

  constructor(places: LinuxPlaces, hasher: Hasher, counter: ChangeCounter) {
    this.#places = places
    this.#hasher = hasher
    this.#counter = counter
  }

  /** Every disk with its table and volumes. One that cannot be read is shown as such: nothing can be done on it. */
  async readAll(isCancelled: () => boolean): Promise<Result<readonly Disk[]>> {
    const disks: Disk[] = []
    for (const [index, node] of listDiskNodes(this.#places).entries()) {
      if (isCancelled()) return fail('cancelled')
      disks.push(await this.#readNode(node, index))
    }
    return ok(disks)
  }

  /**
   * `unknown-disk` when it is not there, `identity-changed` when two disks carry it; to write, `busy` when something uses
   * the disk as a whole (RAID, multipath, a file system without a table).
   */
  async find(id: DiskId, access: 'read' | 'write' = 'read'): Promise<Result<FoundLinuxDisk>> {
    const nodes = listDiskNodes(this.#places)
    const opened: { node: DiskNode; disk: RawDisk }[] = []
    for (const node of nodes) {
      const disk = this.#open(node, 'read')
      // A drive that cannot be read is not the one; it must not stand in the way of the others.
      if (disk.ok && readEnds(disk.value).ok) opened.push({ node, disk: disk.value })
      else if (disk.ok) disk.value.close()
    }
    const found = await this.#among(opened, (disks) => disks.find(id))
    for (const { disk } of opened) disk.close()
    if (!found.ok) return found
    const node = opened[found.value.index]?.node
    if (node === undefined) throw new RangeError('found a disk that was not opened')
    const holders = access === 'write' ? readPartitionUses(this.#places).ofDisk(node) : []
    if (holders.length > 0) return fail('busy', { what: holders.join(', '), where: node.path })
    const disk = this.#open(node, access)
    return disk.ok ? ok({ index: 0, disk: disk.value, node, close: () => disk.value.close() }) : disk
  }

  /**
   * Also `table-changed` when the kernel has another place or size for it than the table says. While udev reads a table
   * anew, the kernel has no partitions of that disk for a moment: so it is looked again a few times.
   */
  async findPartition(
    id: DiskId,
    partition: PartitionId,
    access: 'read' | 'write' = 'read',
  ): Promise<Result<FoundLinuxPartition>> {
    for (let look = 1; ; look += 1) {
      const found = await this.#findPlaced(id, partition, access)
      if (found.ok || found.failure.code !== 'table-changed' || look === looks) return found
      await wait(100 * look)
      await settleDevices()
    }
  }

  async #findPlaced(
    id: DiskId,
    partition: PartitionId,
    access: 'read' | 'write',
  ): Promise<Result<FoundLinuxPartition>> {
    const found = await this.find(id, access)
    if (!found.ok) return found
    const { node, disk } = found.value
    const close = () => disk.close()
    const placed = await this.#among([{ node, disk }], (disks) => disks.findPartition(id, partition))
    const kernel = placed.ok ? kernelPartition(node, placed.value) : placed
    if (placed.ok && kernel.ok) return ok({ ...placed.value, node, kernel: kernel.value, close })
    close()
    return placed.ok ? (kernel as Result<never>) : placed
  }

  async read({ node, disk }: FoundLinuxDisk): Promise<Result<Disk>> {
    const index = listDiskNodes(this.#places).findIndex(({ name }) => name === node.name)
    const read = await new ImageDisks([disk], [factsOf(node, index)], this.#hasher).read(disk, 0)
    return read.ok ? ok(this.#withUses(read.value, node)) : read
  }

  async #readNode(node: DiskNode, index: number): Promise<Disk> {
    const opened = this.#open(node, 'read')
    const found = opened.ok
      ? await new ImageDisks([opened.value], [factsOf(node, index)], this.#hasher).read(opened.value, 0)
      : opened
    if (opened.ok) opened.value.close()
    return found.ok ? this.#withUses(found.value, node) : this.#unreadable(node, index, found.failure.code)
  }

  #open(node: DiskNode, access: 'read' | 'write'): Result<RawDisk> {
    const disk = openLinuxDisk(node, access)
    return disk.ok ? ok(countedDisk(disk.value, this.#counter)) : disk
  }

  #among<T>(
    opened: readonly { readonly node: DiskNode; readonly disk: RawDisk }[],
    work: (disks: ImageDisks) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const facts = opened.map(({ node }, index) => factsOf(node, index))
    return work(
      new ImageDisks(
        opened.map(({ disk }) => disk),
        facts,
        this.#hasher,
      ),
    )
  }

  /**
   * Beside the uses that are known: what the kernel does not have although the table does (a part of a RAID), and
   * anything that has claimed the device (ZFS, bcache and others leave no other trace). And whether the system needs it to start.
   */
  #withUses(disk: Disk, node: DiskNode): Disk {
    const uses = readPartitionUses(this.#places)
    const needed = neededAtStart(this.#places)
    const partitions = disk.partitions.map((partition) => {
      const kernel = node.partitions.find(({ number }) => number === partition.slot)
      const known = kernel === undefined ? uses.ofDisk(node) : uses.of(node, kernel)
      const hidden =
        kernel === undefined ? 'not known to the kernel' : isClaimed(kernel.path) ? 'claimed' : null
      const words = known.length === 0 && hidden !== null ? [hidden] : known
      const volume = { ...partition.volume, inUse: words.map((word) => safeText(word)) }
      const isNeeded = kernel !== undefined && names(needed, this.#places, partition, kernel)
      return { ...partition, volume: isNeeded ? { ...volume, neededAtStart: true as const } : volume }
    })
    return { ...disk, partitions }
  }

  #unreadable(node: DiskNode, index: number, reason: string): Disk {
    const { name, model, serial, bus, removable } = factsOf(node, index)
    return {
      id: `disk:${index}` as DiskId,
      name: safeText(name),
      sectorSize: node.sectorSize === 4096 ? 4096 : 512,
      size: bytes(node.size),
      model: safeText(model),
      serial: serial === null ? null : safeText(serial),
      bus,
      removable,
      table: { kind: 'unreadable', reason },
      tableDigest: this.#hasher.sha256().hex(),
      partitions: [],
      gaps: [],
    }
  }
}

function factsOf(node: DiskNode, index: number) {
  const { path, model, serial, bus, removable } = node
  return { index, name: path, model, serial, bus, removable }
}

/** The kernel's own partition of this slot; `table-changed` when it lies elsewhere or is not there. */
function kernelPartition(node: DiskNode, { partition, offset, size }: FoundPartition): Result<PartitionNode> {
  const kernel = node.partitions.find(({ number }) => number === partition.slot)
  if (kernel?.start === offset && kernel.size === size) return ok(kernel)
  return fail('table-changed', {
    where: node.path,
    what: partition.guid,
    required: `${offset} + ${size}`,
    found: kernel === undefined ? null : `${kernel.start} + ${kernel.size}`,
  })
}
