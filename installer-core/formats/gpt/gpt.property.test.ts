import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lba } from '../../base/bytes.ts'
import { guid, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { crc32 } from '../crc32.ts'
import { editGpt } from './edit-gpt.ts'
import { freeGaps } from './free-gaps.ts'
import { sealHeader } from './gpt-header.ts'
import type { GptDisk, GptEdit } from './gpt-types.ts'
import { gptWrites } from './gpt-writes.ts'
import { parseGpt } from './parse-gpt.ts'
import { gptDigestInput } from './table-digest.ts'
import { applyWrites, endsOf, imageOf, tableWith } from './testing/image.ts'

const sectors = 1024
const hex = (length: number) =>
  fc.uint8Array({ minLength: length / 2, maxLength: length / 2 }).map((data) => toHex(data))
const anyGuid = hex(32).map((digits) =>
  guid(digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').replace(/^0{8}/, '00000001')),
)
const units = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { maxLength: 36 })
  .map((codes) => String.fromCharCode(...codes))

/** Partitions side by side with gaps, in slots of any order. */
const layout = fc
  .record({
    slots: fc.integer({ min: 8, max: 130 }),
    parts: fc.uniqueArray(
      fc.record({
        key: fc.integer({ min: 1, max: 8 }),
        guid: anyGuid,
        typeGuid: fc.constantFrom(...Object.values(partitionType)),
        gap: fc.nat(5),
        blocks: fc.integer({ min: 1, max: 60 }),
        attributes: hex(16),
        name: units,
      }),
      { selector: ({ key }) => key, maxLength: 8 },
    ),
  })
  .map(({ slots, parts }) => {
    let next = 64
    const edits = parts.map(({ key, gap, ...part }): GptEdit => {
      const start = lba(next + gap)
      next = start + part.blocks
      return { kind: 'add', slot: key, start, ...part }
    })
    return { slots, edits }
  })
  .filter(({ edits }) => new Set(edits.map((edit) => edit.guid)).size === edits.length)

/** Bytes that Berth does not understand, put where they may lie. */
function sprinkle(image: Uint8Array, gpt: GptDisk, noise: Uint8Array): void {
  for (const [header, entries] of [
    [1, gpt.copies.primary.entriesLba],
    [sectors - 1, gpt.copies.backup.entriesLba],
  ] as const) {
    image.set(noise, header * 512 + 92)
    image.set(noise.subarray(0, 4), header * 512 + 20)
    const used = gpt.slots * gpt.entrySize
    const array = image.subarray(entries * 512, entries * 512 + gpt.copies.primary.entries.length)
    array.set(noise.subarray(0, Math.min(noise.length, array.length - used)), used)
    // Rests of a deleted partition in the last slot.
    array.set(noise.subarray(0, 32), used - 128 + 32)
    const sector = image.slice(header * 512, header * 512 + 512)
    image.set(sealHeader(sector, crc32(array.subarray(0, used))), header * 512)
  }
}

const noisy = fc
  .tuple(layout, fc.uint8Array({ minLength: 64, maxLength: 64 }))
  .map(([{ slots, edits }, noise]) => {
    const gpt = tableWith(edits, { sectors, slots: Math.max(slots, 9) })
    const image = imageOf(gpt)
    sprinkle(image, gpt, noise)
    return { image, edits }
  })

describe('any table', () => {
  it('is written back byte for byte', () => {
    fc.assert(
      fc.property(noisy, ({ image, edits }) => {
        const gpt = expectOk(parseGpt(endsOf(image)))
        expect(gpt.problems).toEqual([])
        expect(gpt.partitions).toHaveLength(edits.length)
        for (const edit of edits)
          expect(gpt.partitions.find(({ slot }) => slot === edit.slot)?.guid).toBe(edit.guid)
        const copy = image.map((byte, at) => (at < 34 * 512 || at >= (sectors - 34) * 512 ? 0 : byte))
        applyWrites(copy, gptWrites(gpt), 512)
        expect(Buffer.compare(copy, image)).toBe(0)
      }),
      { numRuns: 200 },
    )
  })

  it('is the same again when an edit is taken back', () => {
    fc.assert(
      fc.property(noisy, anyGuid, units, ({ image }, fresh, name) => {
        const gpt = expectOk(parseGpt(endsOf(image)))
        const free = [1, 2, 3, 4, 5, 6, 7, 8].find((slot) =>
          gpt.partitions.every((part) => part.slot !== slot),
        )
        const gap = freeGaps(gpt, 512).at(-1)!
        fc.pre(free !== undefined && gpt.partitions.every((part) => part.guid !== fresh))
        const first = gpt.partitions[0]
        const resize = (blocks: number): GptEdit[] =>
          first ? [{ kind: 'resize', slot: first.slot, guid: first.guid, blocks }] : []
        const there: GptEdit[] = [
          ...resize(1),
          {
            kind: 'add',
            slot: free,
            guid: fresh,
            typeGuid: partitionType.xbootldr,
            start: gap.start,
            blocks: gap.blocks,
            attributes: '0000000000000000',
            name,
          },
        ]
        const back: GptEdit[] = [{ kind: 'remove', slot: free, guid: fresh }, ...resize(first?.blocks ?? 1)]
        const edited = expectOk(editGpt(gpt, there))
        const onDisk = image.slice()
        applyWrites(onDisk, gptWrites(edited, gpt), 512)
        const found = expectOk(parseGpt(endsOf(onDisk)))
        expect(found.partitions).toEqual(edited.partitions)
        expect(Buffer.compare(gptDigestInput(found), gptDigestInput(edited))).toBe(0)
        applyWrites(onDisk, gptWrites(expectOk(editGpt(edited, back)), edited), 512)
        expect(Buffer.compare(onDisk, image)).toBe(0)
      }),
      { numRuns: 200 },
    )
  })
})
