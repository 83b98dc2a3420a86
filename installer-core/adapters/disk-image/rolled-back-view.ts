import { fail, ok, type Result } from '../../base/result.ts'
import type { RawDisk } from './raw-disk.ts'
import type { SectorBatch, SectorImage } from './sector-log.ts'

/** A disk that shows what it will hold once the change under way is rolled back, without writing anything. */
export function rolledBackView(disk: RawDisk, index: number, batches: readonly SectorBatch[]): RawDisk {
  const images = batches.flat().filter((image) => image.disk === index)
  const refused = (): Result<never> => fail('read-only', { what: 'write', where: disk.name })
  return {
    ...disk,
    read(offset, length) {
      const data = disk.read(offset, length)
      if (!data.ok) return data
      for (const image of [...images].reverse()) lay(image, offset, data.value)
      return ok(data.value)
    },
    write: refused,
    flush: refused,
    close: () => disk.close(),
  }
}

function lay(image: SectorImage, offset: number, into: Uint8Array): void {
  const start = Math.max(image.offset, offset)
  const end = Math.min(image.offset + image.data.length, offset + into.length)
  if (start < end) into.set(image.data.subarray(start - image.offset, end - image.offset), start - offset)
}
