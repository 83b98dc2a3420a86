import { done, ok, type Result } from '../../base/result.ts'
import { clusterOf, entryPlace, type FatGeometry } from './fat-geometry.ts'
import type { RawDisk } from './raw-disk.ts'
import type { SectorLog } from './sector-log.ts'
import { writeUndoably, type LoggedDisks, type SectorWrite } from './undoable-write.ts'

/** Where a FAT volume lies. */
export interface FatPlace extends LoggedDisks {
  readonly diskIndex: number
  readonly disk: RawDisk
  readonly log: SectorLog
  /** First byte of the volume. */
  readonly offset: number
  readonly geometry: FatGeometry
}

const streamBytes = 1024 * 1024

/**
 * The sectors of a FAT volume between the file system and the disk. File data goes to the disk at once, in large pieces,
 * into clusters that the disk's own FAT calls free. Everything else is held back until `commit` makes it visible all
 * together, undoable by the log.
 */
export class FatSectors {
  readonly #place: FatPlace
  readonly #held = new Map<number, Uint8Array>()
  readonly #stream = new Uint8Array(streamBytes)
  #streamSector = 0
  #streamLength = 0
  #unflushed = false

  constructor(place: FatPlace) {
    this.#place = place
  }

  get geometry(): FatGeometry {
    return this.#place.geometry
  }

  read(sector: number, count: number): Result<Uint8Array> {
    const size = this.geometry.sectorSize
    const streamed = this.#overlapsStream(sector, count) ? this.#flushStream() : done
    if (!streamed.ok) return streamed
    const data = this.#place.disk.read(this.#place.offset + sector * size, count * size)
    if (!data.ok || this.#held.size === 0) return data
    for (let i = 0; i < count; i += 1) {
      const held = this.#held.get(sector + i)
      if (held !== undefined) data.value.set(held, i * size)
    }
    return data
  }

  /** Takes a change of FAT or folders, visible to `read` at once and on the disk after `commit`. */
  hold(sector: number, data: Uint8Array): void {
    const size = this.geometry.sectorSize
    for (let at = 0; at < data.length; at += size)
      this.#held.set(sector + at / size, data.slice(at, at + size))
  }

  /** Takes file data for clusters that are free on the disk. */
  stream(sector: number, data: Uint8Array): Result<void> {
    const size = this.geometry.sectorSize
    if (this.#held.size > 0) for (let i = 0; i < data.length / size; i += 1) this.#held.delete(sector + i)
    for (let at = 0; at < data.length;) {
      const continues = sector + at / size === this.#streamSector + this.#streamLength / size
      if (!continues || this.#streamLength === streamBytes) {
        const flushed = this.#flushStream()
        if (!flushed.ok) return flushed
        this.#streamSector = sector + at / size
      }
      const piece = data.subarray(at, at + streamBytes - this.#streamLength)
      this.#stream.set(piece, this.#streamLength)
      this.#streamLength += piece.length
      at += piece.length
    }
    return done
  }

  /** Makes everything durable and visible. New clusters come first, so that nothing on the disk points at old contents. */
  commit(): Result<void> {
    const streamed = this.#flushStream()
    if (!streamed.ok) return streamed
    const changed = this.#changedSectors()
    if (!changed.ok) return changed
    const { fresh, visible } = changed.value
    for (const { offset, data } of this.#runs(fresh)) {
      const written = this.#writeDirect(offset, data)
      if (!written.ok) return written
    }
    const flushed = this.#unflushed ? this.#place.disk.flush() : done
    if (!flushed.ok) return flushed
    this.#unflushed = false
    const writes = this.#runs(visible)
    const committed =
      writes.length === 0 ? done : writeUndoably(this.#place, [{ disk: this.#place.diskIndex, writes }])
    if (committed.ok) this.#held.clear()
    return committed
  }

  #overlapsStream(sector: number, count: number): boolean {
    const end = this.#streamSector + this.#streamLength / this.geometry.sectorSize
    return this.#streamLength > 0 && sector < end && sector + count > this.#streamSector
  }

  #flushStream(): Result<void> {
    if (this.#streamLength === 0) return done
    const data = this.#stream.subarray(0, this.#streamLength)
    const offset = this.#place.offset + this.#streamSector * this.geometry.sectorSize
    const written = this.#writeDirect(offset, data)
    if (written.ok) this.#streamLength = 0
    return written
  }

  #writeDirect(offset: number, data: Uint8Array): Result<void> {
    const written = this.#place.disk.write(offset, data)
    if (written.ok) this.#unflushed = true
    return written
  }

  /** Held sectors that differ from the disk's, sorted; `fresh` ones lie in clusters that the disk's FAT calls free. */
  #changedSectors(): Result<{ readonly fresh: readonly number[]; readonly visible: readonly number[] }> {
    const fresh: number[] = []
    const visible: number[] = []
    const size = this.geometry.sectorSize
    for (const sector of [...this.#held.keys()].sort((a, b) => a - b)) {
      const former = this.#place.disk.read(this.#place.offset + sector * size, size)
      if (!former.ok) return former
      const isFree = this.#isFreeOnDisk(sector)
      if (!isFree.ok) return isFree
      if (!isEqual(former.value, this.#heldSector(sector))) (isFree.value ? fresh : visible).push(sector)
    }
    return ok({ fresh, visible })
  }

  #isFreeOnDisk(sector: number): Result<boolean> {
    const cluster = clusterOf(this.geometry, sector)
    const place = cluster === null ? null : entryPlace(this.geometry, cluster)
    if (place === null) return ok(false)
    const size = this.geometry.sectorSize
    const fat = this.#place.disk.read(this.#place.offset + place.sector * size, size)
    if (!fat.ok) return fat
    const fields = new DataView(fat.value.buffer, fat.value.byteOffset, fat.value.length)
    const entry = place.width === 2 ? fields.getUint16(place.byte, true) : fields.getUint32(place.byte, true)
    return ok(place.width === 2 ? entry === 0 : (entry & 0x0fffffff) === 0)
  }

  #heldSector(sector: number): Uint8Array {
    return this.#held.get(sector) ?? new Uint8Array(this.geometry.sectorSize)
  }

  /** Neighbouring sectors as one write each. */
  #runs(sectors: readonly number[]): readonly SectorWrite[] {
    const size = this.geometry.sectorSize
    const runs: number[][] = []
    for (const sector of sectors) {
      const run = runs.at(-1)
      if (run !== undefined && run.at(-1) === sector - 1 && run.length * size < streamBytes) run.push(sector)
      else runs.push([sector])
    }
    return runs.map((run) => {
      const data = new Uint8Array(run.length * size)
      run.forEach((sector, i) => data.set(this.#heldSector(sector), i * size))
      return { offset: this.#place.offset + (run[0] ?? 0) * size, data }
    })
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
