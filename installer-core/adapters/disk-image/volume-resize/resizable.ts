import { fail, ok, type Result } from '../../../base/result.ts'
import {
  attributeType,
  findAttribute,
  readContent,
  readNtfs,
  readRecord,
  systemRecord,
} from '../../../probe/volumes/ntfs-content.ts'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader, type VolumeReader } from '../../../probe/volumes/volume-reader.ts'
import { imageBlockDevice } from '../image-block-device.ts'
import type { FoundPartition } from '../image-disks.ts'
import type { PcFile } from '../pc-schema.ts'
import type { ResizableFileSystem } from './volume-tools.ts'

/**
 * The kind of a volume that may be resized now. Refusals: `volume-locked` (BitLocker), `unsupported`,
 * `volume-hibernated`, `volume-dirty`. With `ownMark` a mark for a check counts as Berth's own while nobody has used the
 * volume since: its log is still as blank as the shrink left it.
 */
export async function requireResizable(
  pc: Pick<PcFile, 'volumes'>,
  found: FoundPartition,
  ownMark: boolean,
): Promise<Result<ResizableFileSystem>> {
  const what = found.partition.guid
  const reader = partitionReader(imageBlockDevice(found.disk, 'read'), found.offset, found.size)
  const { fileSystem, dirty, hibernated } = await readVolume(reader)
  const encryption = pc.volumes[what]?.bitlocker?.conversion ?? 'fully-decrypted'
  if (fileSystem === 'bitlocker' || encryption !== 'fully-decrypted') return fail('volume-locked', { what })
  if (fileSystem !== 'ntfs' && fileSystem !== 'ext4')
    return fail('unsupported', { what: 'resize', where: what, found: fileSystem })
  if (hibernated === true) return fail('volume-hibernated', { what })
  const isOwnMark = dirty === true && ownMark && fileSystem === 'ntfs' && (await isLogBlank(reader))
  if (dirty === true && !isOwnMark) return fail('volume-dirty', { what })
  return ok(fileSystem)
}

/** True when the start of NTFS' log is all ones: nobody has mounted the volume for writing since it was reset. */
async function isLogBlank(reader: VolumeReader): Promise<boolean> {
  const length = 8192
  const ntfs = await readNtfs(reader)
  const record = ntfs.ok ? await readRecord(ntfs.value, systemRecord.log) : ntfs
  if (!ntfs.ok || !record.ok) return false
  const log = findAttribute(record.value, attributeType.data, '')
  if (log === undefined) return false
  const start = await readContent(ntfs.value, log, 0, length)
  return start.ok && start.value.every((byte) => byte === 0xff)
}
