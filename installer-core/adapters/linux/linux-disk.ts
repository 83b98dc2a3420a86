import { done, fail, ok, type Result } from '../../base/result.ts'
import { attempt } from '../disk-image/io-failure.ts'
import { fits, outside, readAll, writeAll, type RawDisk } from '../disk-image/raw-disk.ts'
import { DeviceFiles } from './device-files.ts'
import type { DiskNode } from './disk-nodes.ts'

/** A part of a request that one device file answers. */
interface Piece {
  readonly file: number
  /** Where in that file. */
  readonly at: number
  /** Where in the caller's bytes. */
  readonly from: number
  readonly length: number
}

/**
 * A disk of the running Linux. What lies in a partition goes through the partition's own device file: the kernel caches
 * it apart from the disk's, and a mounted file system is up to date only there. Writing into a partition claims it
 * first, so that one that is mounted, swapped to or held by device-mapper or RAID gives `busy`; the disk as a whole
 * cannot be claimed while any of its partitions is in use. `identity-changed` when a device file is not the device that
 * sysfs names. Sectors of another size than 512 or 4096 bytes: `unsupported`.
 */
export function openLinuxDisk(node: DiskNode, access: 'read' | 'write'): Result<RawDisk> {
  const { sectorSize, size, path } = node
  if (sectorSize !== 512 && sectorSize !== 4096)
    return fail('unsupported', { what: `${sectorSize}-byte sectors`, where: path })
  const files = new DeviceFiles()
  const eachPiece = (
    what: 'read' | 'write',
    offset: number,
    length: number,
    work: (piece: Piece) => Result<unknown>,
  ): Result<void> => {
    if (!fits(offset, length, size)) return outside(path, offset, length, size)
    return attempt(what, path, () => {
      for (const { stretch, from, count } of cut(stretchesOf(node), offset, length)) {
        const file = files.open(stretch, what === 'write' && stretch !== node ? 'claim' : what)
        if (!file.ok) return file
        const at = offset + from - ('start' in stretch ? stretch.start : 0)
        const result = work({ file: file.value, at, from, length: count })
        if (!result.ok) return result
      }
      return done
    })
  }
  return ok({
    name: path,
    sectorSize,
    size,
    read(offset, length) {
      const data = new Uint8Array(Math.max(0, length))
      const read = eachPiece('read', offset, length, (piece) => {
        const found = readAll(piece.file, piece.at, piece.length, path)
        if (found.ok) data.set(found.value, piece.from)
        return found
      })
      return read.ok ? ok(data) : read
    },
    write: (offset, data) => {
      if (access === 'read') return fail('read-only', { what: 'write', where: path })
      return eachPiece('write', offset, data.length, ({ file, at, from, length }) =>
        writeAll(file, at, data.subarray(from, from + length), path),
      )
    },
    flush: () => attempt('flush', path, () => files.flush()),
    close: () => files.close(),
  })
}

interface Stretch {
  readonly path: string
  readonly device: string
  readonly start?: number
}

interface Cut {
  readonly stretch: Stretch
  readonly from: number
  readonly count: number
}

/** Partitions by their start, with the disk itself wherever there is none. An extended partition of an MBR counts as none. */
function* stretchesOf(node: DiskNode): Generator<{ readonly stretch: Stretch; readonly end: number }> {
  let at = 0
  for (const partition of [...node.partitions].sort((a, b) => a.start - b.start)) {
    if (partition.start < at || partition.start + partition.size > node.size) continue
    yield { stretch: node, end: partition.start }
    at = partition.start + partition.size
    yield { stretch: partition, end: at }
  }
  yield { stretch: node, end: node.size }
}

/** What of `length` bytes at `offset` lies in which stretch. */
function* cut(
  stretches: Iterable<{ readonly stretch: Stretch; readonly end: number }>,
  offset: number,
  length: number,
): Generator<Cut> {
  let done = 0
  for (const { stretch, end } of stretches) {
    if (done === length) return
    const count = Math.min(end - (offset + done), length - done)
    if (count <= 0) continue
    yield { stretch, from: done, count }
    done += count
  }
}
