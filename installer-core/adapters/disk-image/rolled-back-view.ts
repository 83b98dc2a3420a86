import { fail, ok, type Result } from '../../base/result.ts'
import type { RawDisk } from './raw-disk.ts'
import type { SectorBatches, SectorImage } from './sector-log.ts'

/** A stretch of a disk whose former content a batch holds. */
interface Former {
  readonly batch: number
  readonly offset: number
  readonly end: number
}

/** A disk that shows what it will hold once the change under way is rolled back, without writing anything. */
export function rolledBackView(disk: RawDisk, index: number, batches: SectorBatches): Result<RawDisk> {
  const formers = formersOf(index, batches)
  if (!formers.ok) return formers
  const refused = (): Result<never> => fail('read-only', { what: 'write', where: disk.name })
  return ok({
    ...disk,
    read(offset, length) {
      const data = disk.read(offset, length)
      if (!data.ok) return data
      const hit = formers.value.filter((former) => former.offset < offset + length && former.end > offset)
      for (const number of new Set(hit.map(({ batch }) => batch))) {
        const batch = batches.read(number)
        if (!batch.ok) return batch
        for (const image of [...batch.value].reverse())
          if (image.disk === index) lay(image, offset, data.value)
      }
      return ok(data.value)
    },
    write: refused,
    flush: refused,
    close: () => disk.close(),
  })
}

/** Last batch first: the oldest content is laid over all later ones. */
function formersOf(index: number, batches: SectorBatches): Result<readonly Former[]> {
  const found: Former[] = []
  for (let number = batches.length - 1; number >= 0; number -= 1) {
    const batch = batches.read(number)
    if (!batch.ok) return batch
    for (const { disk, offset, data } of batch.value)
      if (disk === index) found.push({ batch: number, offset, end: offset + data.length })
  }
  return ok(found)
}

function lay(image: SectorImage, offset: number, into: Uint8Array): void {
  const start = Math.max(image.offset, offset)
  const end = Math.min(image.offset + image.data.length, offset + into.length)
  if (start < end) into.set(image.data.subarray(start - image.offset, end - image.offset), start - offset)
}
