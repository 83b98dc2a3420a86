import { describe, expect, it } from 'vitest'
import { lba, MiB } from '../../base/bytes.ts'
import { nilGuid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { crc32 } from '../crc32.ts'
import { createGpt } from './create-gpt.ts'
import { editGpt, freeSlots } from './edit-gpt.ts'
import { freeGaps } from './free-gaps.ts'
import { headerField, sealHeader } from './gpt-header.ts'
import { gptReach } from './gpt-reach.ts'
import type { GptEdit } from './gpt-types.ts'
import { hasGptTrace, parseGpt } from './parse-gpt.ts'
import { addition, diskGuid, endsOf, imageOf, numbered, tableWith } from './testing/image.ts'

const two = [addition(1, 64, 100), addition(3, 200, 50)]
const parseImage = (image: Uint8Array) => expectOk(parseGpt(endsOf(image)))

/** Changes a field of one header and puts its checksum right. */
function patchHeader(image: Uint8Array, at: number, change: (view: DataView) => void): void {
  const sector = image.slice(at * 512, at * 512 + 512)
  change(new DataView(sector.buffer))
  const sum = new DataView(sector.buffer).getUint32(headerField.entriesCrc32, true)
  image.set(sealHeader(sector, sum), at * 512)
}

/** Changes the entry array of both copies and puts all checksums right. */
function patchEntries(image: Uint8Array, change: (entries: Uint8Array) => void): void {
  const sectors = image.length / 512
  for (const [header, entries] of [
    [1, 2],
    [sectors - 1, sectors - 33],
  ] as const) {
    const array = image.subarray(entries * 512, (entries + 32) * 512)
    change(array)
    const sector = image.slice(header * 512, header * 512 + 512)
    image.set(sealHeader(sector, crc32(array)), header * 512)
  }
}

describe('a table', () => {
  it.each([512, 4096] as const)('says what was put into it, with %i byte sectors', (sectorSize) => {
    const gpt = tableWith(two, { sectorSize })
    const found = expectOk(parseGpt(endsOf(imageOf(gpt), sectorSize)))
    expect(found).toEqual(gpt)
    expect(found).toMatchObject({
      guid: diskGuid,
      primary: 'valid',
      backup: 'valid',
      agree: true,
      used: 'primary',
      protectiveMbr: 'protective',
      problems: [],
      slots: 128,
      lastUsable: 4096 - 2 - (128 * 128) / sectorSize,
    })
    expect(found.partitions.map(({ slot, start, last, name }) => [slot, start, last, name])).toEqual([
      [1, 64, 163, 'part 1'],
      [3, 200, 249, 'part 3'],
    ])
  })

  it.each([1, 4, 5, 128, 129, 1024])('may have %i slots', (slots) => {
    const gpt = tableWith([addition(slots, 1000, 1)], { slots })
    expect(parseImage(imageOf(gpt))).toEqual(gpt)
  })

  it('needs room on the disk', () => {
    const make = (sectors: number, slots = 128) => createGpt({ sectorSize: 512, sectors, diskGuid, slots })
    expect(make(67)).toMatchObject({ ok: false, failure: { code: 'out-of-range' } })
    expect(make(68).ok).toBe(true)
    expect(make(10_000, 1025)).toMatchObject({ ok: false, failure: { facts: { what: 'slots' } } })
    expect(make(10_000, 0).ok).toBe(false)
  })

  it('is looked for in the first and the last MiB', () => {
    expect(gptReach(512, 100)).toBe(51_200)
    expect(gptReach(4096, 1_000_000)).toBe(MiB)
  })
})

describe('damage', () => {
  const damaged = (change: (image: Uint8Array) => void) => {
    const image = imageOf(tableWith(two))
    change(image)
    return parseImage(image)
  }

  it.each([
    ['a header that is gone', (image: Uint8Array) => image.fill(0, 512, 1024), ['primary.header.signature']],
    ['a header byte', (image: Uint8Array) => void (image[512 + 41]! ^= 1), ['primary.header.crc32']],
    ['a reserved byte', (image: Uint8Array) => void (image[512 + 20]! ^= 1), ['primary.header.crc32']],
    ['the revision', (image: Uint8Array) => void (image[512 + 10] = 2), ['primary.header.revision']],
    ['the size', (image: Uint8Array) => void (image[512 + 12] = 91), ['primary.header.size']],
    ['an entry', (image: Uint8Array) => void (image[1024 + 60]! ^= 1), ['primary.entries.crc32']],
    ['an empty slot', (image: Uint8Array) => void (image[1024 + 16_000]! ^= 1), ['primary.entries.crc32']],
  ])('of the primary: %s', (_, change, problems) => {
    const gpt = damaged(change)
    expect(gpt).toMatchObject({ primary: 'damaged', backup: 'valid', agree: false, used: 'backup', problems })
    expect(gpt.partitions).toHaveLength(2)
    expect(editGpt(gpt, [])).toMatchObject({ ok: false, failure: { facts: { field: problems[0] } } })
  })

  const fields: [keyof typeof headerField, bigint | number, string][] = [
    ['myLba', 2n, 'myLba'],
    ['firstUsable', 5000n, 'lastUsable'],
    ['lastUsable', 4096n, 'lastUsable'],
    ['lastUsable', 0xffff_ffff_ffffn, 'lastUsable'],
    ['lastUsable', 0xffff_ffff_ffff_ffffn, 'lastUsable'],
    ['entriesLba', 1n, 'entriesLba'],
    ['entriesLba', 3n, 'entriesLba'],
    ['slots', 0, 'slots'],
    ['slots', 1025, 'slots'],
    ['entrySize', 64, 'entrySize'],
    ['entrySize', 192, 'entrySize'],
    ['entrySize', 0x8000_0000, 'entrySize'],
  ]
  it.each(fields)('with right checksums: %s = %s', (name, value, field) => {
    const gpt = damaged((image) =>
      patchHeader(image, 1, (view) =>
        typeof value === 'bigint'
          ? view.setBigUint64(headerField[name], value, true)
          : view.setUint32(headerField[name], value, true),
      ),
    )
    expect(gpt.primary).toBe('damaged')
    expect([`primary.header.${field}`, 'primary.header.entriesLba']).toContain(gpt.problems[0])
    expect(gpt.used).toBe('backup')
  })

  it('of the backup leaves the primary in use', () => {
    const gpt = damaged((image) => void (image[4095 * 512 + 50]! ^= 4))
    expect(gpt).toMatchObject({ primary: 'valid', backup: 'damaged', agree: false, used: 'primary' })
    expect(gpt.problems).toEqual(['backup.header.crc32'])
  })

  it('of both copies is a failure that names field and offset', () => {
    const image = imageOf(tableWith(two))
    image[512 + 41]! ^= 1
    image[4095 * 512 + 41]! ^= 1
    const facts = { format: 'gpt', field: 'primary.header.crc32', offset: 512 + 16 }
    expect(parseGpt(endsOf(image))).toMatchObject({ ok: false, failure: { code: 'malformed', facts } })
    expect(hasGptTrace(endsOf(image))).toBe(true)
    expect(hasGptTrace(endsOf(new Uint8Array(51_200)))).toBe(false)
  })

  it('shows when the copies disagree', () => {
    const image = imageOf(tableWith(two))
    const other = imageOf(tableWith([addition(1, 64, 99)]))
    image.set(other.subarray(4063 * 512), 4063 * 512)
    const gpt = parseImage(image)
    expect(gpt).toMatchObject({ primary: 'valid', backup: 'valid', agree: false, used: 'primary' })
    expect(gpt.problems).toEqual(['copies.entriesCrc32'])
    expect(editGpt(gpt, []).ok).toBe(false)
  })

  it('shows a backup that is not in the last sector', () => {
    const image = imageOf(tableWith(two))
    const near = new Uint8Array(image.length + 512 * 100)
    near.set(image)
    expect(parseImage(near)).toMatchObject({
      primary: 'valid',
      backup: 'misplaced',
      agree: false,
      problems: ['primary.header.alternateLba'],
    })
    const far = new Uint8Array(image.length + 8 * MiB)
    far.set(image)
    far.fill(0, 4063 * 512, 4096 * 512)
    expect(parseImage(far)).toMatchObject({ primary: 'valid', backup: 'misplaced', agree: false })
  })
})

describe('what partitions do to each other', () => {
  const entry = (slot: number, entries: Uint8Array) =>
    new DataView(entries.buffer, entries.byteOffset + (slot - 1) * 128, 128)
  const problemsOf = (change: (entries: Uint8Array) => void) => {
    const image = imageOf(tableWith(two))
    patchEntries(image, change)
    return parseImage(image)
  }

  it.each([
    ['overlaps', 3, 32, 163n, 'partitions[3].overlap'],
    ['starts too early', 1, 32, 33n, 'partitions[1].range'],
    ['ends too late', 3, 40, 4063n, 'partitions[3].range'],
    ['ends before it starts', 3, 40, 199n, 'partitions[3].range'],
  ])('%s', (_, slot, at, value, problem) => {
    const gpt = problemsOf((entries) => entry(slot, entries).setBigUint64(at, value, true))
    expect(gpt.problems).toEqual([problem])
    expect(gpt).toMatchObject({ primary: 'valid', backup: 'valid', agree: true })
    expect(editGpt(gpt, [{ kind: 'remove', slot: 3, guid: numbered(3) }]).ok).toBe(false)
  })

  it('share a GUID, or have none', () => {
    const shared = problemsOf((entries) => entries.copyWithin(2 * 128 + 16, 16, 32))
    expect(shared.problems).toEqual(['partitions[3].guid'])
    expect(problemsOf((entries) => entries.fill(0, 16, 32)).problems).toEqual(['partitions[1].guid'])
  })
})

describe('edits', () => {
  const gpt = tableWith(two)
  const codeOf = (edit: GptEdit) => {
    const edited = editGpt(gpt, [edit])
    return edited.ok ? 'ok' : `${edited.failure.code} ${String(edited.failure.facts['what'])}`
  }

  it.each<[string, string, GptEdit]>([
    ['a slot in use', 'already-exists slot', addition(1, 300, 10)],
    ['a slot that the table lacks', 'out-of-range slot', addition(129, 300, 10)],
    ['slot 0', 'out-of-range slot', addition(0, 300, 10)],
    ['an overlap', 'out-of-range partitions[2].overlap', addition(2, 163, 10)],
    ['sectors of the table', 'out-of-range partitions[2].range', addition(2, 33, 1)],
    ['sectors of the backup', 'out-of-range partitions[2].range', addition(2, 4062, 2)],
    ['no length', 'out-of-range blocks', addition(2, 300, 0)],
    ['a GUID in use', 'already-exists partitions[3].guid', addition(2, 300, 1, { guid: numbered(3) })],
    ['no GUID', 'already-exists partitions[2].guid', addition(2, 300, 1, { guid: nilGuid })],
    ['no type', 'out-of-range typeGuid', addition(2, 300, 1, { typeGuid: nilGuid })],
    ['a long name', 'too-large name', addition(2, 300, 1, { name: 'n'.repeat(37) })],
    ['bad attributes', 'out-of-range attributes', addition(2, 300, 1, { attributes: '1' })],
    ['an unused slot', 'unknown-partition partition', { kind: 'remove', slot: 2, guid: numbered(2) }],
    ['another GUID', 'identity-changed partition', { kind: 'remove', slot: 1, guid: numbered(2) }],
    ['growing into another', 'out-of-range partitions[3].overlap', resize(1, 137)],
    ['an unused slot to resize', 'unknown-partition partition', resize(2, 137)],
    ['no length to resize to', 'out-of-range blocks', resize(1, 0)],
  ])('refuse %s', (_, code, edit) => {
    expect(codeOf(edit)).toBe(code)
  })

  function resize(slot: number, blocks: number): GptEdit {
    return { kind: 'resize', slot, guid: numbered(slot), blocks }
  }

  it('change nothing but what they name', () => {
    const edits = [resize(1, 136), addition(2, 300, 1, { name: 'n'.repeat(36) })]
    const edited = expectOk(editGpt(gpt, edits))
    expect(parseImage(imageOf(edited))).toEqual(edited)
    expect(edited.partitions.map(({ slot, last }) => [slot, last])).toEqual([
      [1, 199],
      [2, 300],
      [3, 249],
    ])
    expect(editGpt(gpt, [resize(1, 136), resize(1, 137)]).ok).toBe(false)
  })

  it('leave a slot alone that holds bytes of an unused entry', () => {
    const image = imageOf(gpt)
    patchEntries(image, (entries) => (entries[128 + 127] = 1))
    const found = parseImage(image)
    expect(freeSlots(found).slice(0, 3)).toEqual([4, 5, 6])
    expect(editGpt(found, [addition(2, 300, 1)])).toMatchObject({
      ok: false,
      failure: { code: 'already-exists' },
    })
  })

  it('keep attributes and names as they are', () => {
    const more = { attributes: '8000000000000001', name: 'Große Daten \ud83d', typeGuid: partitionType.esp }
    const edited = expectOk(editGpt(gpt, [addition(2, 300, 1, more)]))
    const found = parseImage(imageOf(edited)).partitions.find(({ slot }) => slot === 2)
    expect(found).toMatchObject(more)
  })
})

describe('free gaps', () => {
  it('are aligned inward to 1 MiB', () => {
    const sectors = 20 * 2048
    expect(freeGaps(tableWith([], { sectors }))).toEqual([{ start: 2048, blocks: 18 * 2048, size: 18 * MiB }])
    const gpt = tableWith([addition(2, 2048 * 3 - 1, 2), addition(1, 2048, 2048)], { sectors })
    expect(freeGaps(gpt)).toEqual([{ start: 4 * 2048, blocks: 15 * 2048, size: 15 * MiB }])
    expect(freeGaps(gpt, 512).map(({ start, blocks }) => [start, blocks])).toEqual([
      [34, 2014],
      [4096, 2047],
      [6145, sectors - 34 - 6144],
    ])
  })

  it('count in sectors of 4096 bytes too', () => {
    const gpt = tableWith([addition(1, 256, 256)], { sectorSize: 4096, sectors: 2560 })
    expect(freeGaps(gpt)).toEqual([{ start: lba(512), blocks: 7 * 256, size: 7 * MiB }])
  })
})
