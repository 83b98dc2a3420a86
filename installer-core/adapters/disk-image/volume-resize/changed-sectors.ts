import { ok, type Result } from '../../../base/result.ts'
import type { RawDisk } from '../raw-disk.ts'
import type { SectorWrite } from '../undoable-write.ts'
import { pieces, type ScratchCopy } from './scratch-copy.ts'
import type { ByteRange } from './range-list.ts'

const pieceBytes = 1024 * 1024

/** The sectors, within `ranges` of a volume that begins at byte `start`, that the copy holds differently: whole sectors, joined. */
export function changedSectors(
  copy: ScratchCopy,
  disk: RawDisk,
  start: number,
  ranges: readonly ByteRange[],
): Result<readonly ByteRange[]> {
  const { sectorSize } = disk
  const found: { offset: number; length: number }[] = []
  const aligned = ranges.map(({ offset, length }) => {
    const from = offset - (offset % sectorSize)
    return { offset: from, length: Math.ceil((offset + length - from) / sectorSize) * sectorSize }
  })
  for (const { offset, length } of pieces(aligned, pieceBytes)) {
    const wanted = copy.read(offset, length)
    if (!wanted.ok) return wanted
    const present = disk.read(start + offset, length)
    if (!present.ok) return present
    if (Buffer.compare(wanted.value, present.value) === 0) continue
    for (let at = 0; at < length; at += sectorSize) {
      const end = at + sectorSize
      if (Buffer.compare(wanted.value.subarray(at, end), present.value.subarray(at, end)) === 0) continue
      const last = found.at(-1)
      if (last !== undefined && last.offset + last.length === offset + at) last.length += sectorSize
      else found.push({ offset: offset + at, length: sectorSize })
    }
  }
  return ok(found)
}

/** The writes that bring changed sectors from the copy to the disk, read piece by piece whenever it is walked. */
export function copyWrites(
  copy: ScratchCopy,
  start: number,
  changed: readonly ByteRange[],
): Iterable<SectorWrite> {
  return {
    *[Symbol.iterator]() {
      for (const { offset, length } of pieces(changed, pieceBytes)) {
        const data = copy.read(offset, length)
        if (!data.ok) throw new CopyUnreadable(data)
        yield { offset: start + offset, data: data.value }
      }
    },
  }
}

/** Carries a failure to read the copy out of the middle of a walk. */
export class CopyUnreadable extends Error {
  readonly result: Result<never>
  constructor(result: Result<never>) {
    super('the copy of the volume cannot be read')
    this.result = result
  }
}
