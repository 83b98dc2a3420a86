import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import { openFileDisk, type RawDisk } from '../../adapters/disk-image/raw-disk.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { ScratchCopy } from '../../adapters/disk-image/volume-resize/scratch-copy.ts'
import { usedRanges } from '../../adapters/disk-image/volume-resize/used-ranges.ts'
import type { VolumePlace } from '../build/volume-place.ts'
import { streamCommand } from '../command-stream.ts'
import type { SnapshotItem } from './snapshot-item.ts'

const timeoutMs = 300_000

/** Every file of an NTFS volume, read by ntfs-3g's tools from a sparse copy. */
export async function ntfsFiles(
  place: VolumePlace,
  folder: string,
): Promise<Result<readonly SnapshotItem[]>> {
  const copy = await takeOut(place, folder)
  if (!copy.ok) return copy
  try {
    const list = { program: 'ntfsls', args: ['-f', '-F', '-R', '-p', '/', copy.value.path], timeoutMs }
    const listed = await runCommand(list)
    return listed.ok ? await hashFiles(copy.value.path, filesIn(listed.value.stdout)) : listed
  } finally {
    copy.value.remove()
  }
}

async function takeOut(place: VolumePlace, folder: string): Promise<Result<ScratchCopy>> {
  const disk = openFileDisk(place.image, place.sectorSize, 'read')
  if (!disk.ok) return disk
  try {
    return await copyUsed(disk.value, place, folder)
  } finally {
    disk.value.close()
  }
}

async function copyUsed(disk: RawDisk, place: VolumePlace, folder: string): Promise<Result<ScratchCopy>> {
  const reader = {
    size: place.size,
    read: async (offset: number, length: number) => disk.read(place.offset + offset, length),
  }
  const ranges = await usedRanges('ntfs', reader)
  if (!ranges.ok) return ranges
  const copy = ScratchCopy.make(folder, 'ntfs', place.size)
  if (!copy.ok) return copy
  const filled = copy.value.fill(disk, place.offset, ranges.value)
  return filled.ok ? copy : filled
}

/** ntfsls prints `folder:`, then the names in it; `-F` marks folders by a slash. */
function filesIn(listing: string): readonly string[] {
  let folder = '/'
  return listing.split('\n').flatMap((line) => {
    if (/^\/.*:$/.test(line)) folder = join(line.slice(0, -1), '/')
    return line === '' || line.startsWith('/') || line.endsWith('/') ? [] : [`${folder}${line}`]
  })
}

async function hashFiles(volume: string, names: readonly string[]): Promise<Result<readonly SnapshotItem[]>> {
  const items: SnapshotItem[] = []
  for (const name of names) {
    const hash = createHash('sha256')
    let size = 0
    const read = await streamCommand('ntfscat', ['-f', volume, name], (piece) => {
      hash.update(piece)
      size += piece.length
    })
    if (!read.ok) return read
    items.push({ what: name, content: `${size} ${hash.digest('hex')}` })
  }
  return ok(items)
}
