import { done, ok } from '../../base/result.ts'
import { fits, outside, type RawDisk } from '../disk-image/raw-disk.ts'
import { batchesOf } from '../disk-image/sector-batch.ts'
import type { SectorBatch, SectorLog } from '../disk-image/sector-log.ts'
import type { VariableFile } from '../disk-image/variable-file.ts'

const pageSize = 64 * 1024

/** A disk in memory that takes room only for what was written. */
export function memoryDisk(name: string, sectorSize: 512 | 4096, size: number): RawDisk {
  const pages = new Map<number, Uint8Array>()
  return {
    name,
    sectorSize,
    size,
    read(offset, length) {
      if (!fits(offset, length, size)) return outside(name, offset, length, size)
      const data = new Uint8Array(length)
      eachPage(offset, length, (page, within, at, count) => {
        const found = pages.get(page)
        if (found !== undefined) data.set(found.subarray(within, within + count), at)
      })
      return ok(data)
    },
    write(offset, data) {
      if (!fits(offset, data.length, size)) return outside(name, offset, data.length, size)
      eachPage(offset, data.length, (page, within, at, count) => {
        const target = pages.get(page) ?? new Uint8Array(pageSize)
        pages.set(page, target)
        target.set(data.subarray(at, at + count), within)
      })
      return done
    },
    flush: () => done,
    close: () => undefined,
  }
}

function eachPage(
  offset: number,
  length: number,
  visit: (page: number, within: number, at: number, count: number) => void,
): void {
  for (let at = 0; at < length;) {
    const within = (offset + at) % pageSize
    const count = Math.min(pageSize - within, length - at)
    visit(Math.floor((offset + at) / pageSize), within, at, count)
    at += count
  }
}

/** A variable file in memory. */
export function memoryVariables(content: Uint8Array): VariableFile {
  let current = new Uint8Array(content)
  return {
    read: () => ok(current.slice()),
    replace(data) {
      current = new Uint8Array(data)
      return done
    },
  }
}

/** A sector log in memory. */
export function memoryLog(): SectorLog {
  let batches: SectorBatch[] = []
  return {
    append(batch) {
      batches.push(batch.map((image) => ({ ...image, data: image.data.slice() })))
      return done
    },
    readAll: () => ok(batchesOf([...batches])),
    clear() {
      batches = []
      return done
    },
  }
}
