import {
  CTRL_SYNC,
  GET_BLOCK_SIZE,
  GET_SECTOR_COUNT,
  GET_SECTOR_SIZE,
  RES_ERROR,
  RES_OK,
  RES_PARERR,
  type DiskIO,
  type FatFs,
} from 'js-fatfs'
import type { Failure } from '../../base/failure.ts'
import type { Result } from '../../base/result.ts'
import type { FatSectors } from './fat-sectors.ts'

/** A range of the FAT code's memory. */
export interface MemoryRange {
  readonly start: number
  readonly length: number
}

const readAheadBytes = 1024 * 1024
/** FSInfo's count of free clusters, and the value that says it is not known (Microsoft FAT specification 1.03, section 5). */
const freeCountAt = 488
const freeCountUnknown = 0xffffffff

/**
 * Answers the FAT code's disk calls. What comes from a range named by `markData` is file data; everything else is the
 * volume's structure. FSInfo's count of free clusters is hidden, so that the FAT itself is counted.
 */
export class FatDiskIo implements DiskIO {
  readonly #sectors: FatSectors
  readonly #dataRanges = new Set<MemoryRange>()
  #ahead: { readonly sector: number; readonly data: Uint8Array } | null = null
  #nextRead = -1
  /** Why the last call failed: the FAT code itself only knows that it did. */
  failure: Failure | null = null

  constructor(sectors: FatSectors) {
    this.#sectors = sectors
  }

  /** Says that calls with a buffer in this range carry file data, until the returned function is called. */
  markData(range: MemoryRange): () => void {
    this.#dataRanges.add(range)
    this.#ahead = null
    return () => this.#dataRanges.delete(range)
  }

  initialize(): number {
    return RES_OK
  }

  status(): number {
    return RES_OK
  }

  read(ff: FatFs, _drive: number, buffer: number, sector: number, count: number): number {
    const data = this.#readThrough(buffer, sector >>> 0, count)
    if (!data.ok) return this.#failed(data.failure)
    ff.HEAPU8.set(data.value, buffer)
    if (sector === this.#sectors.geometry.infoSector)
      new DataView(ff.HEAPU8.buffer).setUint32(buffer + freeCountAt, freeCountUnknown, true)
    return RES_OK
  }

  write(ff: FatFs, _drive: number, buffer: number, sector: number, count: number): number {
    const data = ff.HEAPU8.subarray(buffer, buffer + count * this.#sectors.geometry.sectorSize)
    this.#ahead = null
    if (!this.#isData(buffer)) {
      this.#sectors.hold(sector >>> 0, data)
      return RES_OK
    }
    const streamed = this.#sectors.stream(sector >>> 0, data)
    return streamed.ok ? RES_OK : this.#failed(streamed.failure)
  }

  ioctl(ff: FatFs, _drive: number, command: number, buffer: number): number {
    const { sectors, sectorSize } = this.#sectors.geometry
    if (command === CTRL_SYNC) return RES_OK
    if (command === GET_SECTOR_COUNT) ff.setValue(buffer, sectors, 'i32')
    else if (command === GET_SECTOR_SIZE) ff.setValue(buffer, sectorSize, 'i16')
    else if (command === GET_BLOCK_SIZE) ff.setValue(buffer, 1, 'i32')
    else return RES_PARERR
    return RES_OK
  }

  #isData(buffer: number): boolean {
    for (const { start, length } of this.#dataRanges)
      if (buffer >= start && buffer < start + length) return true
    return false
  }

  /** File data that is read in order comes in large pieces. */
  #readThrough(buffer: number, sector: number, count: number): Result<Uint8Array> {
    if (!this.#isData(buffer)) return this.#sectors.read(sector, count)
    const size = this.#sectors.geometry.sectorSize
    const inOrder = sector === this.#nextRead
    this.#nextRead = sector + count
    const ahead = this.#ahead
    const at = ahead === null ? -1 : (sector - ahead.sector) * size
    if (ahead !== null && at >= 0 && at + count * size <= ahead.data.length)
      return { ok: true, value: ahead.data.subarray(at, at + count * size) }
    const room = this.#sectors.geometry.sectors - sector
    const wanted = inOrder ? Math.min(Math.max(count, readAheadBytes / size), room) : count
    const read = this.#sectors.read(sector, wanted)
    if (!read.ok) return read
    this.#ahead = inOrder ? { sector, data: read.value } : null
    return { ok: true, value: read.value.subarray(0, count * size) }
  }

  #failed(failure: Failure): number {
    this.failure = failure
    return RES_ERROR
  }
}
