import { it } from 'vitest'
import { ok } from '../../base/result.ts'
import { fuzz } from '../testing/fuzz.ts'
import { isExtended, parseMbr, readLogicals } from './parse-mbr.ts'
import { protectiveMbr } from './protective-mbr.ts'

function chained(): Uint8Array {
  const image = new Uint8Array(8 * 512)
  const view = new DataView(image.buffer)
  const entry = (sector: number, slot: number, type: number, start: number, blocks: number) => {
    const at = sector * 512 + 446 + 16 * slot
    image[at + 4] = type
    view.setUint32(at + 8, start, true)
    view.setUint32(at + 12, blocks, true)
    image.set([0x55, 0xaa], sector * 512 + 510)
  }
  entry(0, 0, 7, 1, 1)
  entry(0, 1, 5, 2, 6)
  entry(2, 0, 0x83, 1, 1)
  entry(2, 1, 5, 2, 3)
  entry(4, 0, 0x83, 1, 1)
  return image
}

it('takes any bytes', () => {
  fuzz({
    name: 'mbr',
    seeds: [chained(), protectiveMbr(512, 100), chained().slice(0, 512)],
    repair: (image) => {
      for (let at = 510; at + 1 < image.length; at += 512) image.set([0x55, 0xaa], at)
    },
    parse: (image, work) => {
      const mbr = parseMbr(image.subarray(0, 512), work)
      if (!mbr.ok) return mbr
      const extended = mbr.value.partitions.find(isExtended)
      const sectorAt = (at: number) => (at < 8 ? image.slice(at * 512, at * 512 + 512) : null)
      return extended === undefined ? ok(mbr) : readLogicals(extended, sectorAt, work)
    },
    bound: (length) => ({ bytes: 2 * length + 1024, entries: 40 }),
  })
})
