import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { lba, MiB } from '../../base/bytes.ts'
import { assertNever } from '../../base/assert-never.ts'
import { fromHex } from '../../base/guid.ts'
import { done, type Result } from '../../base/result.ts'
import { createGpt } from '../../formats/gpt/create-gpt.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import { gptWrites, type GptWrite } from '../../formats/gpt/gpt-writes.ts'
import type { GptDisk } from '../../formats/gpt/gpt-types.ts'
import { makeBitlockerVolume } from './bitlocker-volume.ts'
import { makeExt4Volume } from './ext4-volume.ts'
import { makeFatVolume } from './fat-volume.ts'
import type { VolumePlace } from './volume-place.ts'
import { makeNtfsVolume } from './ntfs-volume.ts'
import type { Contents, DiskDesign, TableDesign } from './pc-design.ts'

/** Makes a sparse disk image with its partition table and volumes in `folder`. */
export async function buildDisk(folder: string, design: DiskDesign): Promise<Result<void>> {
  const image = join(folder, design.file)
  const file = await open(image, 'wx')
  try {
    await file.truncate(design.size)
    const written = await writeTable(file, design)
    if (!written.ok) return written
  } finally {
    await file.close()
  }
  for (const { start, blocks, contents } of design.table.partitions) {
    const { sectorSize } = design
    const place = { image, sectorSize, offset: start * sectorSize, size: blocks * sectorSize }
    const made = await makeVolume(place, contents)
    if (!made.ok) return made
  }
  return done
}

function makeVolume(place: VolumePlace, contents: Contents): Promise<Result<void>> {
  switch (contents.kind) {
    case 'nothing':
      return Promise.resolve(done)
    case 'fat':
      return makeFatVolume(place, contents)
    case 'ntfs':
      return makeNtfsVolume(place, contents)
    case 'ext4':
      return makeExt4Volume(place, contents)
    case 'bitlocker':
      return makeBitlockerVolume(place, contents.seed)
    default:
      return assertNever(contents)
  }
}

async function writeTable(file: FileHandle, design: DiskDesign): Promise<Result<void>> {
  if (design.table.kind === 'none') return done
  if (design.table.kind === 'mbr') {
    await file.write(mbr(design.table), 0, 512, 0)
    return done
  }
  const gpt = designedGpt(design, design.table)
  if (!gpt.ok) return gpt
  await writeAll(file, gptWrites(gpt.value), design.sectorSize)
  const slot = design.table.backupDiffersIn
  return slot === undefined ? done : writeOtherBackup(file, gpt.value, slot)
}

function designedGpt(design: DiskDesign, table: Extract<TableDesign, { kind: 'gpt' }>): Result<GptDisk> {
  const { sectorSize, size } = design
  const slots = table.slots ?? 128
  const empty = createGpt({ sectorSize, sectors: size / sectorSize, diskGuid: table.guid, slots })
  if (!empty.ok) return empty
  const edits = table.partitions.map((partition) => ({
    kind: 'add' as const,
    slot: partition.slot,
    guid: partition.guid,
    typeGuid: partition.typeGuid,
    start: lba(partition.start),
    blocks: partition.blocks,
    attributes: partition.attributes,
    name: partition.name,
  }))
  return editGpt(empty.value, edits)
}

/** Gives the backup copy another opinion on the length of one partition; both copies stay valid by themselves. */
async function writeOtherBackup(file: FileHandle, gpt: GptDisk, slot: number): Promise<Result<void>> {
  const partition = gpt.partitions.find((one) => one.slot === slot)
  if (partition === undefined) throw new Error(`no partition in slot ${slot}`)
  const blocks = partition.blocks - MiB / gpt.sectorSize
  const other = editGpt(gpt, [{ kind: 'resize', slot, guid: partition.guid, blocks }])
  if (!other.ok) return other
  const backup = gptWrites(other.value).filter(({ what }) => what.startsWith('backup'))
  await writeAll(file, backup, gpt.sectorSize)
  return done
}

async function writeAll(file: FileHandle, writes: readonly GptWrite[], sectorSize: number): Promise<void> {
  for (const write of writes) await file.write(write.data, 0, write.data.length, write.lba * sectorSize)
}

function mbr(table: Extract<TableDesign, { kind: 'mbr' }>): Uint8Array {
  const out = new Uint8Array(512)
  const view = new DataView(out.buffer)
  out.set(fromHex(table.signature).reverse(), 440)
  for (const { slot, type, start, blocks, bootable } of table.partitions) {
    const at = 446 + 16 * (slot - 1)
    // Cylinder, head and sector beyond what they can say: everybody reads the LBAs.
    out.set([bootable ? 0x80 : 0, 0xfe, 0xff, 0xff, type, 0xfe, 0xff, 0xff], at)
    view.setUint32(at + 8, start, true)
    view.setUint32(at + 12, blocks, true)
  }
  out.set([0x55, 0xaa], 510)
  return out
}
