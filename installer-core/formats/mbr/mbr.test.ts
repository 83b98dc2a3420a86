import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lba } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { mbrEntriesAt, mbrKind } from './mbr-kind.ts'
import { maxLogicals, parseMbr, readLogicals, type MbrPartition } from './parse-mbr.ts'
import { protectiveMbr } from './protective-mbr.ts'
import { serialiseMbr } from './serialise-mbr.ts'

type Entry = readonly [slot: number, status: number, type: number, start: number, blocks: number]

function sectorWith(entries: readonly Entry[], size = 512): Uint8Array {
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  for (const [slot, status, type, start, blocks] of entries) {
    const at = mbrEntriesAt + 16 * (slot - 1)
    out[at] = status
    out[at + 4] = type
    view.setUint32(at + 8, start, true)
    view.setUint32(at + 12, blocks, true)
  }
  out.set([0x55, 0xaa], 510)
  return out
}

function bootSector(name: string, more: readonly (readonly [number, number])[] = []): Uint8Array {
  const out = new Uint8Array(512)
  out.set([0xeb, 0x58, 0x90, ...new TextEncoder().encode(name.padEnd(8))])
  // 512 bytes a sector, 8 sectors a cluster, two FATs, and code where a table would be.
  out.set([0x00, 0x02, 8, 32, 0, 2], 11)
  out.fill(0x7c, 446, 510)
  for (const [at, byte] of more) out[at] = byte
  out.set([0x55, 0xaa], 510)
  return out
}

describe('the first sector', () => {
  it.each([
    ['protective', protectiveMbr(512, 4096)],
    ['protective', protectiveMbr(4096, 4096)],
    [
      'hybrid',
      sectorWith([
        [1, 0, 0xee, 1, 2047],
        [2, 0x80, 7, 2048, 100],
      ]),
    ],
    [
      'hybrid',
      sectorWith([
        [1, 0x80, 7, 2048, 100],
        [4, 0, 0xee, 1, 2047],
      ]),
    ],
    ['mbr', sectorWith([[1, 0x80, 7, 2048, 100]])],
    ['mbr', sectorWith([[3, 0, 0x83, 63, 1]])],
    ['empty', sectorWith([])],
    ['boot-sector', bootSector('MSDOS5.0')],
    ['boot-sector', bootSector('mkfs.fat')],
    ['boot-sector', bootSector('NTFS', [[16, 0]])],
    ['boot-sector', bootSector('EXFAT', [[16, 0]])],
    ['boot-sector', bootSector('-FVE-FS-', [[16, 0]])],
    ['none', new Uint8Array(512)],
    ['none', sectorWith([[1, 0x12, 7, 2048, 100]])],
    ['none', sectorWith([[1, 0, 7, 2048, 0]])],
    ['none', new Uint8Array(100)],
  ])('is told to be %s (%#)', (kind, sector) => {
    expect(mbrKind(sector)).toBe(kind)
    expect(parseMbr(sector).ok).toBe(!['none', 'boot-sector'].includes(kind))
  })

  it('keeps an MBR with code that jumps as a boot sector does', () => {
    const sector = sectorWith([[1, 0x80, 0x83, 2048, 100]])
    sector.set([0xeb, 0x63, 0x90])
    expect(mbrKind(sector)).toBe('mbr')
  })

  it('says what it holds', () => {
    const sector = sectorWith([
      [2, 0x80, 7, 2048, 100],
      [4, 0, 5, 4096, 200],
    ])
    sector.set([0x78, 0x56, 0x34, 0x12], 440)
    const { signature, partitions } = expectOk(parseMbr(sector))
    expect(signature).toBe('12345678')
    expect(
      partitions.map(({ slot, active, type, start, blocks }) => [slot, active, type, start, blocks]),
    ).toEqual([
      [2, true, 7, 2048, 100],
      [4, false, 5, 4096, 200],
    ])
  })

  it('names what is wrong', () => {
    expect(parseMbr(new Uint8Array(512))).toMatchObject({
      failure: { code: 'malformed', facts: { format: 'mbr', field: 'bootSignature', offset: 510 } },
    })
    expect(parseMbr(bootSector('NTFS'))).toMatchObject({ failure: { facts: { field: 'bootCode' } } })
    expect(parseMbr(new Uint8Array(3))).toMatchObject({ failure: { facts: { field: 'sector' } } })
  })
})

describe('a logical chain', () => {
  const extended: MbrPartition = {
    slot: 4,
    active: false,
    type: 5,
    start: lba(1000),
    blocks: 1000,
    raw: new Uint8Array(16),
  }
  const chain = (links: Readonly<Record<number, readonly Entry[]>>) => {
    let reads = 0
    const result = readLogicals(extended, (at) => {
      reads += 1
      const entries = links[at]
      return entries === undefined ? null : sectorWith(entries)
    })
    return { result, reads }
  }

  it('is numbered from 5 and counted from where each link lies', () => {
    const { result } = chain({
      1000: [
        [1, 0, 0x83, 2, 100],
        [2, 0, 5, 200, 300],
      ],
      1200: [[1, 0, 0x82, 2, 50]],
    })
    expect(expectOk(result).map(({ slot, type, start, blocks }) => [slot, type, start, blocks])).toEqual([
      [5, 0x83, 1002, 100],
      [6, 0x82, 1202, 50],
    ])
  })

  it.each([
    [
      'to itself',
      {
        1000: [
          [1, 0, 0x83, 2, 1],
          [2, 0, 5, 0, 9],
        ] as Entry[],
      },
      'next',
    ],
    [
      'outside',
      {
        1000: [
          [1, 0, 0x83, 2, 1],
          [2, 0, 5, 1000, 9],
        ] as Entry[],
      },
      'next',
    ],
    ['to what cannot be read', { 1000: [[2, 0, 5, 10, 9]] as Entry[] }, 'bootSignature'],
  ])('that leads %s is refused', (_, links, field) => {
    expect(chain(links).result).toMatchObject({ ok: false, failure: { facts: { field } } })
  })

  it('ends somewhere', () => {
    const endless = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [
        1000 + i,
        [
          [1, 0, 0x83, 1, 1],
          [2, 0, 5, i + 1, 9],
        ] as Entry[],
      ]),
    )
    const { result, reads } = chain(endless)
    expect(result).toMatchObject({ ok: false, failure: { facts: { field: 'logical' } } })
    expect(reads).toBe(maxLogicals + 1)
  })
})

describe('writing', () => {
  const noisySector = fc
    .tuple(
      fc.uint8Array({ minLength: 512, maxLength: 512 }),
      fc.array(
        fc.tuple(fc.constantFrom(0, 0x80), fc.integer({ min: 1, max: 0xed }), fc.integer({ min: 1 })),
        {
          maxLength: 4,
        },
      ),
    )
    .map(([data, entries]) => {
      for (let i = 0; i < 4; i += 1) data[mbrEntriesAt + 16 * i + 4] = 0
      const view = new DataView(data.buffer)
      entries.forEach(([status, type, blocks], i) => {
        data[mbrEntriesAt + 16 * i] = status
        data[mbrEntriesAt + 16 * i + 4] = type
        view.setUint32(mbrEntriesAt + 16 * i + 12, blocks, true)
      })
      data.set([0x33, 0xc0], 0)
      data.set([0x55, 0xaa], 510)
      return data
    })

  it('gives the same bytes back', () => {
    fc.assert(
      fc.property(noisySector, (sector) => {
        const mbr = expectOk(parseMbr(sector))
        expect(Buffer.compare(serialiseMbr(mbr), sector)).toBe(0)
      }),
    )
  })

  it('changes only what was changed', () => {
    const sector = sectorWith([
      [2, 0x80, 7, 2048, 100],
      [4, 0, 5, 4096, 200],
    ])
    const mbr = expectOk(parseMbr(sector))
    const [first] = mbr.partitions
    const changed = { ...mbr, signature: 'deadbeef', partitions: [{ ...first!, active: false, blocks: 50 }] }
    expect(expectOk(parseMbr(serialiseMbr(changed)))).toMatchObject({
      signature: 'deadbeef',
      partitions: [{ slot: 2, active: false, type: 7, start: 2048, blocks: 50 }],
    })
  })
})
