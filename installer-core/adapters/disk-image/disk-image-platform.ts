import type { Bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import type { BlockDevice } from '../../ports/block-device.ts'
import type { Cancellation } from '../../ports/cancellation.ts'
import type { FileTree } from '../../ports/file-tree.ts'
import type { FirmwareVariables } from '../../ports/firmware-variables.ts'
import type { Hasher } from '../../ports/hasher.ts'
import type { FatFormat, PartitionEdit, Platform, Release } from '../../ports/platform.ts'
import type { DiskFacts } from '../../probe/disk-layout.ts'
import { partitionReader } from '../../probe/volumes/volume-reader.ts'
import { readVolume } from '../../probe/volumes/read-volume.ts'
import { changeCounter, countedDisk, countedVariables, type ChangeCounter } from './change-counter.ts'
import { planTableChange, tableGroups } from './edit-table.ts'
import { checkFits, parseFatGeometry } from './fat-geometry.ts'
import { openFatTree } from './fat-file-tree.ts'
import { formatFat32 } from './format-fat32.ts'
import { imageBlockDevice } from './image-block-device.ts'
import { ImageDisks, type FoundPartition } from './image-disks.ts'
import { ImageFirmware } from './image-firmware.ts'
import { probeImages } from './image-probe.ts'
import type { PcFile } from './pc-schema.ts'
import type { RawDisk } from './raw-disk.ts'
import { applyRestartFaults } from './restart-faults.ts'
import { rolledBackView } from './rolled-back-view.ts'
import type { SectorLog } from './sector-log.ts'
import { rollBack, writeUndoably, type LoggedDisks } from './undoable-write.ts'
import type { VariableFile } from './variable-file.ts'
import { nodeVolumeTools } from './volume-resize/node-volume-tools.ts'
import { resizeImageVolume, shrinkLimitOf, type ResizeParts } from './volume-resize/resize-volume.ts'
import type { VolumeTools } from './volume-resize/volume-tools.ts'

/** What a practice PC is made of. */
export interface DiskImageParts {
  readonly pc: PcFile
  readonly access: 'read' | 'write'
  /** In the order of `pc.disks`. */
  readonly disks: readonly RawDisk[]
  /** The OVMF variable store; null on a BIOS PC. */
  readonly variables: VariableFile | null
  readonly log: SectorLog
  /** A folder for sparse copies of volumes while they are resized. */
  readonly scratch: string
  readonly hasher: Hasher
  readonly tools?: VolumeTools
  readonly counter?: ChangeCounter
  /** Called when the platform is closed. */
  readonly release?: Release
}

/**
 * A practice PC as a platform. A change that was cut off is rolled back first; opened to read, the PC is shown as it
 * will be after that, and nothing is written.
 */
export function diskImagePlatform(parts: DiskImageParts): Result<Platform> {
  const counter = parts.counter ?? changeCounter()
  const counted = parts.disks.map((disk) => countedDisk(disk, counter))
  const variables = parts.variables === null ? null : countedVariables(parts.variables, counter)
  const whole = { ...parts, counter, variables, disks: counted }
  if (parts.access === 'write') {
    const settled = rollBack({ disks: counted, log: parts.log })
    return settled.ok ? ok(new DiskImagePlatform(whole)) : settled
  }
  const batches = parts.log.readAll()
  if (!batches.ok) return batches
  const disks: RawDisk[] = []
  for (const [index, disk] of parts.disks.entries()) {
    const view = rolledBackView(disk, index, batches.value)
    if (!view.ok) return view
    disks.push(view.value)
  }
  return ok(new DiskImagePlatform({ ...whole, disks }))
}

type Parts = DiskImageParts & { readonly counter: ChangeCounter }

class DiskImagePlatform implements Platform {
  readonly firmware: FirmwareVariables
  readonly #parts: Parts
  readonly #found: ImageDisks

  constructor(parts: Parts) {
    this.#parts = parts
    const settings = parts.pc.firmware
    this.firmware = new ImageFirmware(
      parts.access === 'read' && settings.access === 'read-write'
        ? { ...settings, access: 'read-only' }
        : settings,
      parts.variables,
    )
    this.#found = new ImageDisks(parts.disks, diskFacts(parts.pc), parts.hasher)
  }

  probe(cancellation: Cancellation) {
    const openTree = (disk: { id: DiskId }, partition: { id: PartitionId }) =>
      this.openBootVolume(disk.id, partition.id)
    return probeImages(
      { ...this.#parts, found: this.#found, firmware: this.firmware, openTree },
      cancellation,
    )
  }

  async readDisk(id: DiskId) {
    const found = await this.#found.find(id)
    return found.ok ? this.#found.read(found.value.disk, found.value.index) : found
  }

  async openDisk(id: DiskId, access: 'read' | 'write'): Promise<Result<BlockDevice>> {
    const refused = access === 'write' ? this.#refusal('open') : done
    if (!refused.ok) return refused
    const found = await this.#found.find(id)
    return found.ok ? ok(imageBlockDevice(found.value.disk, access)) : found
  }

  async editPartitions(id: DiskId, expected: string, edits: readonly PartitionEdit[]): Promise<Result<void>> {
    const refused = this.#refusal('edit partitions')
    if (!refused.ok) return refused
    const found = await this.#found.find(id)
    if (!found.ok) return found
    const change = planTableChange(found.value, expected, edits, this.#parts.hasher)
    if (!change.ok) return change
    return writeUndoably(this.#logged, tableGroups(found.value, change.value))
  }

  async resizeVolume(disk: DiskId, id: PartitionId, to: Bytes): Promise<Result<void>> {
    const refused = this.#refusal('resize')
    if (!refused.ok) return refused
    const found = await this.#found.findPartition(disk, id)
    return found.ok ? resizeImageVolume(this.#resizeParts, found.value, to) : found
  }

  async shrinkLimit(disk: DiskId, id: PartitionId): Promise<Result<Bytes>> {
    const found = await this.#found.findPartition(disk, id)
    return found.ok ? shrinkLimitOf(this.#resizeParts, found.value) : found
  }

  async formatVolume(disk: DiskId, id: PartitionId, format: FatFormat): Promise<Result<void>> {
    const refused = this.#refusal('format')
    if (!refused.ok) return refused
    const found = await this.#found.findPartition(disk, id)
    if (!found.ok) return found
    const { fileSystem } = await volumeIn(found.value)
    if (fileSystem !== 'none' && fileSystem !== 'unknown' && format.overLeftovers !== true)
      return fail('already-exists', { what: 'file system', where: id, found: fileSystem })
    const { start, blocks } = found.value.partition
    return formatFat32(found.value.disk, { start, blocks }, format)
  }

  async openBootVolume(disk: DiskId, id: PartitionId): Promise<Result<FileTree>> {
    const found = await this.#found.findPartition(disk, id)
    if (!found.ok) return found
    const { offset, index, partition } = found.value
    const boot = found.value.disk.read(offset, found.value.disk.sectorSize)
    if (!boot.ok) return boot
    const parsed = parseFatGeometry(boot.value, found.value.disk.sectorSize)
    const geometry = parsed.ok ? checkFits(parsed.value, partition.blocks) : parsed
    if (!geometry.ok) return geometry
    return openFatTree({
      ...this.#logged,
      disk: found.value.disk,
      diskIndex: index,
      offset,
      geometry: geometry.value,
    })
  }

  /** An image neither sleeps nor shuts down by itself. */
  async inhibit(): Promise<Result<Release>> {
    return ok(async () => undefined)
  }

  /** What the firmware does by itself when a PC restarts; starting a system is the practice boot's part. */
  async restart(): Promise<Result<void>> {
    const refused = this.#refusal('restart')
    const { variables, pc } = this.#parts
    if (!refused.ok || variables === null) return refused
    const image = variables.read()
    if (!image.ok) return image
    const after = applyRestartFaults(image.value, pc.firmware.faults)
    if (!after.ok) return after
    return Buffer.compare(after.value, image.value) === 0 ? done : variables.replace(after.value)
  }

  changes(): number {
    return this.#parts.counter.count
  }

  async close(): Promise<Result<void>> {
    for (const disk of this.#parts.disks) disk.close()
    await this.#parts.release?.()
    return done
  }

  get #logged(): LoggedDisks {
    return { disks: this.#parts.disks, log: this.#parts.log }
  }

  get #resizeParts(): ResizeParts {
    const { pc, scratch, tools } = this.#parts
    return { ...this.#logged, pc, scratch, tools: tools ?? nodeVolumeTools }
  }

  #refusal(what: string): Result<void> {
    return this.#parts.access === 'write' ? done : fail('read-only', { what, where: this.#parts.pc.name })
  }
}

function volumeIn({ disk, offset, size }: FoundPartition) {
  return readVolume(partitionReader(imageBlockDevice(disk, 'read'), offset, size))
}

function diskFacts({ disks }: PcFile): readonly DiskFacts[] {
  return disks.map(({ file, model, serial, bus, removable }, index) => ({
    index,
    name: file,
    model,
    serial,
    bus,
    removable,
  }))
}
