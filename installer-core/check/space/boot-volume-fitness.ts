import { GiB, bytes, type Bytes } from '../../base/bytes.ts'
import type { IssueId } from '../../model/issue-id.ts'
import type { Partition } from '../../model/disk.ts'
import type { BootFile, Machine } from '../../model/machine.ts'
import { manifestPath } from '../../model/manifest.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { finding, type Finding, type FindingEvidence } from '../finding.ts'
import { isEsp, type Place } from '../locate.ts'
import { volumeName } from './shrink-fitness.ts'

/** Why the files of `release` must not go onto this existing boot volume; null when they may. */
export function bootVolumeRefusal(
  machine: Machine,
  { partition }: Place,
  release: ReleaseManifest,
  need: Bytes,
): Finding | null {
  const { volume } = partition
  const esp = isEsp(partition)
  if (!volume.fileSystem.startsWith('fat') || volume.fileSystem === 'fat12') {
    return refuse(partition, esp ? 'esp-not-fat' : 'xbootldr-not-fat', { found: volume.fileSystem })
  }
  if (volume.inUse.includes('raid' as never)) return refuse(partition, 'esp-mirrored')
  if (volume.dirty === true && volume.inUse.length === 0) return refuse(partition, 'esp-dirty')
  if (volume.free === null) return refuse(partition, 'esp-unreadable')
  if (volume.free < need) {
    return refuse(partition, esp ? 'esp-too-small' : 'xbootldr-too-small', {
      required: need,
      found: volume.free,
    })
  }
  const listing = machine.bootVolumes.find((one) => one.partition === partition.id)
  if (listing === undefined || listing.incomplete) return refuse(partition, 'esp-unreadable')
  return tooLarge(partition, release) ?? inTheWay(partition, listing.files, release)
}

/** The largest file that fits a FAT file system: 2 GiB are safe on FAT16, 4 GiB less one byte on FAT32. */
export function largestFile(fileSystem: string): Bytes {
  return bytes(fileSystem === 'fat16' ? 2 * GiB - 1 : 4 * GiB - 1)
}

function tooLarge(partition: Partition, release: ReleaseManifest): Finding | null {
  const limit = largestFile(partition.volume.fileSystem)
  const file = release.files.find((one) => one.size > limit)
  if (file === undefined) return null
  return refuse(partition, 'release-file-too-large', {
    required: limit,
    found: file.size,
    facts: { file: file.path },
  })
}

function inTheWay(
  partition: Partition,
  files: readonly BootFile[],
  release: ReleaseManifest,
): Finding | null {
  const there = new Set(files.map((file) => file.path.toLowerCase()))
  const taken = [...release.files.map((file) => file.path), manifestPath].find((path) =>
    there.has(path.toLowerCase()),
  )
  return taken === undefined ? null : refuse(partition, 'boot-file-in-the-way', { facts: { file: taken } })
}

function refuse(partition: Partition, id: IssueId, evidence: FindingEvidence = {}): Finding {
  return finding(id, 'blocker', {
    where: partition.id,
    ...evidence,
    facts: { volume: volumeName(partition), ...evidence.facts },
  })
}
