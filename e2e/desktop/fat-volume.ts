import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

/** A FAT volume inside a disk image. */
export interface VolumePlace {
  readonly image: string
  /** Where it begins, in bytes. */
  readonly offset: number
}

/** The BIOS parameter block (Microsoft, "FAT: General Overview", FAT32), in bytes from the volume's beginning. */
interface Layout {
  readonly size: number
  readonly clusterSize: number
  readonly firstCluster: number
}

const pieceSize = 1 << 22

/**
 * Changes one byte of a file on a FAT volume where it lies on the disk, as a failing disk or a stranger would; doing it
 * again puts it back. Where the file begins is what mtools' `mshowfat` says.
 */
export function flipByte(volume: VolumePlace, path: string, at: number): void {
  const cluster = firstClusterOf(volume, path)
  withDisk(volume, 'r+', (disk, { clusterSize, firstCluster }) => {
    if (at >= clusterSize) throw new Error(`only the first cluster, ${clusterSize} bytes, can be changed`)
    const place = volume.offset + firstCluster + (cluster - 2) * clusterSize + at
    const byte = Buffer.alloc(1)
    readSync(disk, byte, 0, 1, place)
    byte[0] = (byte[0] ?? 0) ^ 0xff
    writeSync(disk, byte, 0, 1, place)
  })
}

/** Whether a text is anywhere on the volume, in a file, in one that was deleted, or between files. */
export function volumeHolds(volume: VolumePlace, text: string): boolean {
  const wanted = Buffer.from(text)
  return withDisk(volume, 'r', (disk, { size }) => {
    const piece = Buffer.alloc(pieceSize + wanted.length)
    for (let at = 0; at < size; at += pieceSize) {
      const length = readSync(disk, piece, 0, Math.min(piece.length, size - at), volume.offset + at)
      if (piece.subarray(0, length).includes(wanted)) return true
    }
    return false
  })
}

function firstClusterOf({ image, offset }: VolumePlace, path: string): number {
  const shown = spawnSync('mshowfat', ['-i', `${image}@@${offset}`, `::${path}`], {
    encoding: 'utf8',
    env: { ...process.env, MTOOLS_SKIP_CHECK: '1' },
  })
  if (shown.error !== undefined) throw shown.error
  const cluster = Number(/<(\d+)/.exec(shown.stdout)?.[1])
  if (!(cluster >= 2)) throw new Error(`mshowfat ${path}: ${shown.stdout}${shown.stderr}`)
  return cluster
}

function withDisk<T>(
  { image, offset }: VolumePlace,
  flags: string,
  use: (disk: number, layout: Layout) => T,
): T {
  const disk = openSync(image, flags)
  try {
    const block = Buffer.alloc(512)
    readSync(disk, block, 0, 512, offset)
    const sector = block.readUInt16LE(11)
    const tables = block.readUInt8(16) * block.readUInt32LE(36)
    return use(disk, {
      size: sector * block.readUInt32LE(32),
      clusterSize: sector * block.readUInt8(13),
      firstCluster: sector * (block.readUInt16LE(14) + tables),
    })
  } finally {
    closeSync(disk)
  }
}
