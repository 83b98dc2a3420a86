import { expect, it } from 'vitest'
import type { Result } from '../../base/result.ts'
import type { Work } from '../byte-view.ts'
import { crc32 } from '../crc32.ts'
import { fuzz } from '../testing/fuzz.ts'
import { editGpt } from './edit-gpt.ts'
import { freeGaps } from './free-gaps.ts'
import { headerField, sealHeader } from './gpt-header.ts'
import { gptWrites } from './gpt-writes.ts'
import { parseGpt } from './parse-gpt.ts'
import { repairGpt } from './repair-gpt.ts'
import { addition, endsOf, imageOf, numbered, tableWith } from './testing/image.ts'

const seed = (slots: number, sectors: number) =>
  imageOf(tableWith([addition(1, 4, 2), addition(3, 6, 1)], { slots, sectors }))
const seeds = [seed(4, 16), seed(6, 20), seed(4, 12), seed(3, 24)]
// A backup that is not in the last sector.
seeds.push(Uint8Array.from([...seed(4, 16), ...new Uint8Array(1024)]))

/** Puts the checksums of both copies right, as far as their fields make sense. */
function repair(image: Uint8Array): void {
  const sectors = Math.floor(image.length / 512)
  for (const at of [1, sectors - 1]) {
    const sector = image.slice(at * 512, at * 512 + 512)
    if (sector.length < 512) continue
    const view = new DataView(sector.buffer)
    const from = Number(view.getBigUint64(headerField.entriesLba, true)) * 512
    const size = view.getUint32(headerField.slots, true) * view.getUint32(headerField.entrySize, true)
    const inside = Number.isSafeInteger(from) && from + size <= image.length
    const sum = inside ? crc32(image.subarray(from, from + size)) : 0
    if (view.getUint32(headerField.size, true) <= 512) image.set(sealHeader(sector, sum), at * 512)
  }
}

let turn = 0

/** What is done with a parsed table must not throw either: tried on every tenth. */
function parseAndUse(image: Uint8Array, work: Work): Result<unknown> {
  const ends = endsOf(image)
  const parsed = parseGpt(ends, work)
  turn += 1
  if (!parsed.ok || turn % 10 !== 0) return parsed
  const gpt = parsed.value
  freeGaps(gpt, 512)
  gptWrites(gpt)
  repairGpt(ends, 'primary')
  repairGpt(ends, 'backup')
  const edited = editGpt(gpt, [addition(2, 7, 1, { guid: numbered(99) })])
  if (edited.ok && gptWrites(edited.value, gpt).length === 0) expect.fail('an edit without a write')
  return parsed
}

it('takes any bytes', () => {
  const count = fuzz({
    name: 'gpt',
    seeds,
    repair,
    parse: parseAndUse,
    bound: (length) => ({ bytes: 6 * length + 4096, entries: 2048 }),
  })
  expect(count.accepted).toBeGreaterThan(count.refused / 100)
})
