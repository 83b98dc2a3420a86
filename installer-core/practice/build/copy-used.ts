import { open, type FileHandle } from 'node:fs/promises'
import { MiB } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import { streamCommand } from '../command-stream.ts'
import type { VolumePlace } from './volume-place.ts'

const clusterSize = 4096
const blank = Buffer.alloc(64 * 1024)

/** Copies an NTFS volume with clusters of 4 KiB into an image: clusters in use that are not zero, and the last sector. */
export async function copyUsed(volume: string, place: VolumePlace): Promise<Result<void>> {
  const bitmap = await ntfsBitmap(volume)
  if (!bitmap.ok) return bitmap
  const from = await open(volume, 'r')
  const to = await open(place.image, 'r+')
  try {
    for (const run of usedRuns(bitmap.value, Math.floor(place.size / clusterSize)))
      await copyRange(from, to, place.offset, run.start * clusterSize, run.end * clusterSize)
    // The copy of the boot sector lies behind the last cluster that the file system counts.
    await copyRange(from, to, place.offset, place.size - clusterSize, place.size)
    return ok(undefined)
  } finally {
    await from.close()
    await to.close()
  }
}

/** Which clusters of an NTFS volume are in use: one bit for each, least significant first. */
async function ntfsBitmap(volume: string): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = []
  const bitmapInode = '6'
  const read = await streamCommand('ntfscat', ['-f', '-i', bitmapInode, volume], (piece) =>
    pieces.push(piece),
  )
  return read.ok ? ok(Buffer.concat(pieces)) : read
}

interface Run {
  readonly start: number
  readonly end: number
}

function* usedRuns(bitmap: Uint8Array, clusters: number): Generator<Run> {
  let start = -1
  for (let cluster = 0; cluster < clusters; cluster++) {
    const byte = bitmap[cluster >> 3] ?? 0
    // Most of a volume is free: skip eight clusters at a time.
    if (start < 0 && byte === 0 && (cluster & 7) === 0) {
      cluster += 7
      continue
    }
    const used = ((byte >> (cluster & 7)) & 1) === 1
    if (used && start < 0) start = cluster
    if (!used && start >= 0) {
      yield { start, end: cluster }
      start = -1
    }
  }
  if (start >= 0) yield { start, end: clusters }
}

async function copyRange(
  from: FileHandle,
  to: FileHandle,
  shift: number,
  start: number,
  end: number,
): Promise<void> {
  const buffer = Buffer.alloc(MiB)
  for (let at = start; at < end; at += buffer.length) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, end - at), at)
    for (let i = 0; i < bytesRead; i += blank.length) {
      const piece = buffer.subarray(i, Math.min(i + blank.length, bytesRead))
      if (!piece.equals(blank.subarray(0, piece.length)))
        await to.write(piece, 0, piece.length, shift + at + i)
    }
  }
}
