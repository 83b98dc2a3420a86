import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { compareSbat, parseSbatLevel, parseSbatSection } from './sbat.ts'

const text = (value: string) => new TextEncoder().encode(value)
const section = (value: string) => parseSbatSection(text(value))

describe('a section', () => {
  it('has a component and a generation in each line, and words for people', () => {
    expect(
      expectOk(section('sbat,1,SBAT Version,sbat,1,https://example.org\nshim,4,UEFI shim,shim,1,x\n')),
    ).toEqual([
      { component: 'sbat', generation: 1, about: ['SBAT Version', 'sbat', '1', 'https://example.org'] },
      { component: 'shim', generation: 4, about: ['UEFI shim', 'shim', '1', 'x'] },
    ])
  })

  it('ends at a NUL; its lines may end in CR LF or be empty', () => {
    expect(expectOk(section('sbat,1\r\n\r\nsystemd,2\r\n\0junk')).map(({ component }) => component)).toEqual([
      'sbat',
      'systemd',
    ])
  })

  it.each([
    ['', 'lines[0].component', 0],
    ['shim,4\n', 'lines[0].component', 0],
    ['sbat,1\n,4\n', 'lines[1].component', 7],
    ['sbat,1\nshim\n', 'lines[1].generation', 7],
    ['sbat,1\nshim,\n', 'lines[1].generation', 7],
    ['sbat,1\nshim,0\n', 'lines[1].generation', 7],
    ['sbat,1\nshim,-1\n', 'lines[1].generation', 7],
    ['sbat,1\nshim,4x\n', 'lines[1].generation', 7],
    ['sbat,1\nshim,2147483648\n', 'lines[1].generation', 7],
    [`sbat,1\n${'a,1\n'.repeat(1024)}`, 'lines', 7 + 4 * 1023],
  ])('%j is refused (%#)', (value, field, offset) => {
    expect(section(value)).toMatchObject({
      ok: false,
      failure: { code: 'malformed', facts: { format: 'sbat', field, offset } },
    })
  })
})

describe('a level', () => {
  const level = expectOk(parseSbatLevel(text('sbat,1,2025021800\nshim,4\ngrub,10\n')))

  it('has a date and least generations', () => {
    expect(level).toEqual({
      date: '2025021800',
      minimum: [
        { component: 'sbat', generation: 1 },
        { component: 'shim', generation: 4 },
        { component: 'grub', generation: 10 },
      ],
    })
    expect(expectOk(parseSbatLevel(text('sbat,1'))).date).toBe('')
  })

  it.each([
    ['sbat,1\nshim,4\ngrub,10', []],
    ['sbat,1\nsystemd,1', []],
    ['sbat,1\nshim,3', [{ component: 'shim', required: 4, found: 3 }]],
    ['sbat,1\ngrub,9', [{ component: 'grub', required: 10, found: 9 }]],
    ['sbat,1\ngrub,11', []],
    ['sbat,1\ngrub.debian,1', []],
  ])('refuses what is older, by number: %j', (value, refusals) => {
    expect(compareSbat(expectOk(section(value)), level)).toEqual(refusals)
  })

  it('refuses exactly what is lower, for any generations', () => {
    const generation = fc.integer({ min: 1, max: 0x7fff_ffff })
    fc.assert(
      fc.property(generation, generation, (found, required) => {
        const refusals = compareSbat(expectOk(section(`sbat,1\nx,${found}`)), {
          date: '',
          minimum: [{ component: 'x', generation: required }],
        })
        expect(refusals).toHaveLength(found < required ? 1 : 0)
      }),
    )
  })
})
