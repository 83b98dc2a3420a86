import { lba, MiB } from '../../base/bytes.ts'
import { guid, type Guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { createGpt } from '../../formats/gpt/create-gpt.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import { gptWrites } from '../../formats/gpt/gpt-writes.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import { formatFat32 } from '../disk-image/format-fat32.ts'
import { parsePcFile } from '../disk-image/pc-file.ts'
import type { PcFile } from '../disk-image/pc-schema.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'

/** A disk with an ESP, a data partition (empty unless a test fills it) and a gap behind. */
export const smallPc = {
  disk: 'd15c0000-0000-4000-8000-000000000001' as DiskId,
  esp: 'e5900000-0000-4000-8000-000000000001' as PartitionId,
  data: 'da7a0000-0000-4000-8000-000000000001' as PartitionId,
  boot: 'b0070000-0000-4000-8000-000000000001' as PartitionId,
  diskBytes: 1024 * MiB,
  espBytes: 280 * MiB,
  dataBytes: 64 * MiB,
} as const

export function smallPcFile(sectorSize: 512 | 4096, change: object = {}): PcFile {
  const content = { format: 'berth-practice-pc/1', disks: [{ file: 'disk0.img', sectorSize }], ...change }
  return expectOk(parsePcFile(JSON.stringify(content)))
}

/** First sector of the data partition, and where the gap behind it begins. */
export function placesOf(sectorSize: number) {
  const data = (MiB + smallPc.espBytes) / sectorSize
  return { esp: MiB / sectorSize, data, gap: data + smallPc.dataBytes / sectorSize }
}

/** Puts the partitions and an empty ESP on a blank disk. */
export function furnish(disk: RawDisk): void {
  const { sectorSize } = disk
  const places = placesOf(sectorSize)
  const add = (slot: number, own: string, typeGuid: Guid, start: number, size: number) =>
    ({
      kind: 'add',
      slot,
      guid: guid(own),
      typeGuid,
      start: lba(start),
      blocks: size / sectorSize,
      attributes: '0000000000000000',
      name: `part ${slot}`,
    }) as const
  const blank = expectOk(
    createGpt({ sectorSize, sectors: disk.size / sectorSize, diskGuid: guid(smallPc.disk) }),
  )
  const gpt = expectOk(
    editGpt(blank, [
      add(1, smallPc.esp, partitionType.esp, places.esp, smallPc.espBytes),
      add(2, smallPc.data, partitionType.microsoftBasicData, places.data, smallPc.dataBytes),
    ]),
  )
  for (const { lba: at, data } of gptWrites(gpt)) expectOk(disk.write(at * sectorSize, data))
  const esp = { start: places.esp, blocks: smallPc.espBytes / sectorSize }
  expectOk(formatFat32(disk, esp, { label: 'SYSTEM', volumeId: '00c0ffee' }))
}
