import { join } from 'node:path'
import type { Bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { Disk } from '../../model/disk.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import type { BlockDevice } from '../../ports/block-device.ts'
import type { Cancellation } from '../../ports/cancellation.ts'
import type { FileTree } from '../../ports/file-tree.ts'
import type { FirmwareVariables } from '../../ports/firmware-variables.ts'
import type { Hasher } from '../../ports/hasher.ts'
import type { NetworkProfiles } from '../../ports/network-profiles.ts'
import type { FatFormat, PartitionEdit, Platform, Release } from '../../ports/platform.ts'
import type { ChangeCounter } from '../disk-image/change-counter.ts'
import { formatFat32 } from '../disk-image/format-fat32.ts'
import { imageBlockDevice } from '../disk-image/image-block-device.ts'
import { readVolume } from '../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../probe/volumes/volume-reader.ts'
import { editLinuxTable } from './edit-linux-table.ts'
import { EfiVariables } from './efi-variables.ts'
import { settleDevices } from './kernel-partitions.ts'
import { LinuxDisks, type FoundLinuxPartition } from './linux-disks.ts'
import { variablesFolder, type LinuxPlaces } from './linux-places.ts'
import { probeLinux } from './linux-probe.ts'
import { inhibitSleep, restartPc } from './logind.ts'
import { lockDevice } from './device-lock.ts'
import { openLinuxVolume, type BootVolumeParts } from './open-linux-volume.ts'
import { networkManagerProfiles } from './network-manager-profiles.ts'
import { readFirmwareFacts } from './pc-facts.ts'
import type { LinuxResizeParts } from './volume-resize/resize-parts.ts'
import { linuxShrinkLimit, resizeLinuxVolume } from './volume-resize/resize-volume.ts'
import { settleVolumes } from './volume-resize/sector-logs.ts'

/** What the running Linux PC is reached through. */
export interface LinuxParts {
  readonly places: LinuxPlaces
  readonly access: 'read' | 'write'
  readonly hasher: Hasher
  readonly counter: ChangeCounter
  /** This process is root. */
  readonly elevated: boolean
  /** Called when the platform is closed. */
  readonly release?: Release
}

/** The PC that this Linux runs on. Devices are found anew for every request, so that nothing of before is relied on. */
export class LinuxPlatform implements Platform {
  readonly firmware: FirmwareVariables
  readonly networks: NetworkProfiles
  readonly #parts: LinuxParts
  readonly #disks: LinuxDisks

  constructor(parts: LinuxParts) {
    this.#parts = parts
    this.#disks = new LinuxDisks(parts.places, parts.hasher, parts.counter)
    this.networks = networkManagerProfiles(parts.places)
    const { access } = readFirmwareFacts(parts.places)
    this.firmware = new EfiVariables({
      folder: variablesFolder(parts.places),
      access: parts.access === 'read' && access === 'read-write' ? 'read-only' : access,
      onChange: () => parts.counter.changed(),
    })
  }

  probe(cancellation: Cancellation) {
    const { places, hasher, elevated } = this.#parts
    return probeLinux(
      {
        places,
        hasher,
        elevated,
        disks: this.#disks,
        firmware: this.firmware,
        openTree: (disk, partition) => this.#open(disk.id, partition.id, 'read'),
      },
      cancellation,
    )
  }

  async readDisk(id: DiskId): Promise<Result<Disk>> {
    const found = await this.#disks.find(id)
    if (!found.ok) return found
    const disk = await this.#disks.read(found.value)
    found.value.close()
    return disk
  }

  async openDisk(id: DiskId, access: 'read' | 'write'): Promise<Result<BlockDevice>> {
    const refused = access === 'write' ? this.#refusal('open') : done
    if (!refused.ok) return refused
    const found = await this.#disks.find(id, access)
    if (!found.ok) return found
    const lock = access === 'write' ? await lockDevice(found.value.node.path) : ok(async () => undefined)
    if (!lock.ok) {
      found.value.close()
      return lock
    }
    return ok({
      ...imageBlockDevice(found.value.disk, access),
      close: async () => {
        found.value.close()
        await lock.value()
        if (access === 'write') await settleDevices()
        return done
      },
    })
  }

  async editPartitions(id: DiskId, expected: string, edits: readonly PartitionEdit[]): Promise<Result<void>> {
    const refused = this.#refusal('edit partitions')
    if (!refused.ok) return refused
    const found = await this.#disks.find(id, 'write')
    if (!found.ok) return found
    const { places, hasher } = this.#parts
    const edited = await editLinuxTable(places, found.value, expected, edits, hasher)
    found.value.close()
    return edited
  }

  async resizeVolume(disk: DiskId, id: PartitionId, to: Bytes): Promise<Result<void>> {
    const refused = this.#refusal('resize')
    if (!refused.ok) return refused
    return this.#onPartition(disk, id, 'write', (found) =>
      resizeLinuxVolume(this.#resizeParts(disk, id), found, to),
    )
  }

  async shrinkLimit(disk: DiskId, id: PartitionId): Promise<Result<Bytes>> {
    return this.#onPartition(disk, id, 'read', (found) =>
      linuxShrinkLimit(this.#resizeParts(disk, id), found),
    )
  }

  async formatVolume(disk: DiskId, id: PartitionId, format: FatFormat): Promise<Result<void>> {
    const refused = this.#refusal('format')
    if (!refused.ok) return refused
    return this.#onPartition(disk, id, 'write', async (found) => {
      const { offset, size, partition } = found
      const reader = partitionReader(imageBlockDevice(found.disk, 'read'), offset, size)
      const { fileSystem } = await readVolume(reader)
      if (fileSystem !== 'none' && fileSystem !== 'unknown' && format.overLeftovers !== true)
        return fail('already-exists', { what: 'file system', where: id, found: fileSystem })
      return formatFat32(found.disk, { start: partition.start, blocks: partition.blocks }, format)
    })
  }

  openBootVolume(disk: DiskId, id: PartitionId): Promise<Result<FileTree>> {
    return this.#open(disk, id, this.#parts.access)
  }

  inhibit(why: string): Promise<Result<Release>> {
    return inhibitSleep(this.#parts.places, why)
  }

  async restart(): Promise<Result<void>> {
    const refused = this.#refusal('restart')
    return refused.ok ? restartPc(this.#parts.places) : refused
  }

  changes(): number {
    return this.#parts.counter.count
  }

  async close(): Promise<Result<void>> {
    await this.#parts.release?.()
    return done
  }

  async #open(disk: DiskId, id: PartitionId, access: 'read' | 'write'): Promise<Result<FileTree>> {
    const found = await this.#disks.findPartition(disk, id)
    return found.ok ? openLinuxVolume(this.#volumeParts, found.value, id, access) : found
  }

  get #volumeParts(): BootVolumeParts {
    const { places, counter } = this.#parts
    return {
      places,
      unfinished: join(places.state, 'unfinished.json'),
      onChange: () => counter.changed(),
    }
  }

  #resizeParts(disk: DiskId, id: PartitionId): LinuxResizeParts {
    const { places, hasher, counter } = this.#parts
    return {
      places,
      hasher,
      onChange: () => counter.changed(),
      again: () => this.#disks.findPartition(disk, id, 'write'),
    }
  }

  async #onPartition<T>(
    disk: DiskId,
    id: PartitionId,
    access: 'read' | 'write',
    work: (found: FoundLinuxPartition) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const found = await this.#disks.findPartition(disk, id, access)
    if (!found.ok) return found
    const result = await work(found.value)
    found.value.close()
    return result
  }

  /** Takes back changes to volumes that a cut left half done; to be called once, before anything else is changed. */
  settle(): Promise<Result<void>> {
    return settleVolumes(this.#parts.places, this.#disks)
  }

  #refusal(what: string): Result<void> {
    return this.#parts.access === 'write' ? done : fail('read-only', { what, where: 'this PC' })
  }
}
