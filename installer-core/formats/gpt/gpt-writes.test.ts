import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { seeded } from '../testing/fuzz.ts'
import { editGpt } from './edit-gpt.ts'
import type { GptDisk } from './gpt-types.ts'
import { gptWrites, type GptWrite } from './gpt-writes.ts'
import { parseGpt } from './parse-gpt.ts'
import { repairGpt } from './repair-gpt.ts'
import { gptDigestInput, plainDigestInput } from './table-digest.ts'
import { addition, applyWrites, endsOf, imageOf, numbered, tableWith } from './testing/image.ts'

const before = tableWith([addition(1, 64, 100), addition(3, 200, 50)])
const after = expectOk(
  editGpt(before, [
    { kind: 'remove', slot: 1, guid: numbered(1) },
    addition(60, 300, 7, { guid: numbered(200) }),
    addition(2, 64, 7),
  ]),
)
const parseImage = (image: Uint8Array, sectorSize: 512 | 4096 = 512) => parseGpt(endsOf(image, sectorSize))

/** Pieces of 512 bytes that a write consists of: what a cut can tear it into. */
function pieces(write: GptWrite, sectorSize: number): { at: number; data: Uint8Array }[] {
  return Array.from({ length: write.data.length / 512 }, (_, i) => ({
    at: write.lba * sectorSize + i * 512,
    data: write.data.slice(i * 512, i * 512 + 512),
  }))
}

/** Every state that a cut can leave: flushed groups whole, then any subset of the pieces of one group. */
function* cutStates(
  start: Uint8Array,
  writes: readonly GptWrite[],
  sectorSize: number,
): Generator<Uint8Array> {
  const random = seeded(7)
  let group: { at: number; data: Uint8Array }[] = []
  const durable = start.slice()
  for (const write of writes) {
    group.push(...pieces(write, sectorSize))
    if (!write.thenFlush) continue
    const subsets = group.length <= 10 ? 2 ** group.length : 200
    for (let subset = 0; subset < subsets; subset += 1) {
      const bits = group.length <= 10 ? subset : Math.floor(random() * 2 ** 31)
      const image = durable.slice()
      group.forEach(({ at, data }, i) => {
        if ((bits >> (i % 31)) & 1) image.set(data, at)
      })
      yield image
    }
    for (const { at, data } of group) durable.set(data, at)
    group = []
  }
  expect(group).toEqual([])
}

function describesOneOf(found: GptDisk, tables: readonly GptDisk[]): boolean {
  return tables.some((table) => JSON.stringify(table.partitions) === JSON.stringify(found.partitions))
}

describe('writes', () => {
  it('go backup first, each copy flushed before the other is touched', () => {
    expect(gptWrites(after).map(({ what, lba, thenFlush }) => [what, lba, thenFlush])).toEqual([
      ['backup entries', 4063, false],
      ['backup header', 4095, true],
      ['primary entries', 2, false],
      ['primary header', 1, true],
      ['mbr', 0, true],
    ])
  })

  it('are only the sectors that changed', () => {
    const writes = gptWrites(after, before)
    expect(writes.map(({ what, lba, data, thenFlush }) => [what, lba, data.length, thenFlush])).toEqual([
      ['backup entries', 4063, 512, false],
      ['backup entries', 4063 + 14, 512, false],
      ['backup header', 4095, 512, true],
      ['primary entries', 2, 512, false],
      ['primary entries', 2 + 14, 512, false],
      ['primary header', 1, 512, true],
    ])
    expect(gptWrites(before, before)).toEqual([])
    const image = imageOf(before)
    applyWrites(image, writes, 512)
    expect(Buffer.compare(image, imageOf(after))).toBe(0)
  })

  it.each([512, 4096] as const)('leave a valid copy whatever a cut does to them, %i', (sectorSize) => {
    const one = tableWith([addition(1, 64, 100), addition(40, 200, 50)], { sectorSize, sectors: 400 })
    const other = expectOk(editGpt(one, [{ kind: 'remove', slot: 1, guid: numbered(1) }, addition(2, 64, 7)]))
    let states = 0
    for (const image of cutStates(imageOf(one), gptWrites(other, one), sectorSize)) {
      states += 1
      const found = expectOk(parseImage(image, sectorSize))
      expect(describesOneOf(found, [one, other])).toBe(true)
      const good = found.primary === 'valid' ? 'primary' : 'backup'
      const ends = endsOf(image, sectorSize)
      const repaired = expectOk(repairGpt(ends, good))
      applyWrites(image, gptWrites(repaired, found), sectorSize)
      const whole = found.partitions[0]?.slot === 1 ? one : other
      expect(Buffer.compare(image, imageOf(whole))).toBe(0)
    }
    expect(states).toBeGreaterThanOrEqual(2 * 2 ** 2)
  })
})

describe('repair', () => {
  it('writes the copy that is not valid first, and not the other', () => {
    const image = imageOf(before)
    image[530]! ^= 1
    const found = expectOk(parseImage(image))
    const repaired = expectOk(repairGpt(endsOf(image), 'backup'))
    expect(gptWrites(repaired, found).map(({ what }) => what)).toEqual(['primary entries', 'primary header'])
    const edited = expectOk(editGpt(repaired, [addition(2, 170, 1)]))
    expect(gptWrites(edited, found)[0]?.what).toBe('primary entries')
  })

  it.each(['primary', 'backup'] as const)('of two copies that disagree follows the %s', (role) => {
    const image = imageOf(before)
    image.set(imageOf(after).subarray(4063 * 512), 4063 * 512)
    const repaired = expectOk(repairGpt(endsOf(image), role))
    const wanted = role === 'primary' ? before : after
    expect(repaired).toMatchObject({ agree: true, problems: [], partitions: wanted.partitions })
    applyWrites(image, gptWrites(repaired, expectOk(parseImage(image))), 512)
    expect(Buffer.compare(image, imageOf(wanted))).toBe(0)
  })

  it('keeps what lies around the rebuilt copy', () => {
    const image = imageOf(tableWith([], { slots: 5 }))
    image.fill(0xab, 1024 - 20, 1024)
    image.fill(0xcd, 4 * 512 - 10, 4 * 512)
    image[600] = 1
    image[513] = 0
    const repaired = expectOk(repairGpt(endsOf(image), 'backup'))
    const damaged = expectOk(parseImage(image))
    applyWrites(image, gptWrites(repaired, damaged), 512)
    expect(image.subarray(1024 - 20, 1024).every((byte) => byte === 0xab)).toBe(true)
    expect(image.subarray(4 * 512 - 10, 4 * 512).every((byte) => byte === 0xcd)).toBe(true)
    expect(expectOk(parseImage(image))).toMatchObject({ agree: true, slots: 5 })
  })

  it('from a damaged copy is refused', () => {
    const image = imageOf(before)
    image[530]! ^= 1
    expect(repairGpt(endsOf(image), 'primary')).toMatchObject({
      ok: false,
      failure: { facts: { field: 'primary.header.crc32' } },
    })
  })
})

describe('the digest', () => {
  it('covers what an edit replaces, and is known before the edit is written', () => {
    const inputOf = (gpt: GptDisk) => gptDigestInput(expectOk(parseGpt(endsOf(imageOf(gpt)))))
    expect(Buffer.compare(inputOf(before), gptDigestInput(before))).toBe(0)
    expect(Buffer.compare(inputOf(after), gptDigestInput(after))).toBe(0)
    expect(Buffer.compare(gptDigestInput(before), gptDigestInput(after))).not.toBe(0)
    expect(gptDigestInput(before)).toHaveLength((1 + 2 * 33) * 512)
  })

  it('of a disk without a GPT covers the first two sectors and the last', () => {
    const image = Uint8Array.from({ length: 10 * 512 }, (_, i) => Math.floor(i / 512))
    const input = plainDigestInput(endsOf(image))
    expect([input[0], input[512], input[1024], input.length]).toEqual([0, 1, 9, 1536])
  })
})
