import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { keyfileLimit, parseKeyfile, plainValue } from './parse-keyfile.ts'

const read = (text: string) =>
  Object.fromEntries(
    [...expectOk(parseKeyfile(text))].map(([name, group]) => [name, Object.fromEntries(group)]),
  )

describe('a key file', () => {
  it('is groups of entries, with comments, white space and values that hold signs of their own', () => {
    expect(
      read('# a comment\r\n\n[wifi]\r\nssid=a=b [c] # d\r\n  \n[x y]\nkey =  \tvalue  \nempty=\n'),
    ).toEqual({
      wifi: { ssid: 'a=b [c] # d' },
      'x y': { key: 'value  ', empty: '' },
    })
  })

  it('goes on with a group that comes again, and takes the last of two entries', () => {
    expect(read('[a]\nx=1\n[b]\n[a]\nx=2\ny=3')).toEqual({ a: { x: '2', y: '3' }, b: {} })
  })

  it.each([
    ['an entry before the first group', 'x=1\n'],
    ['a line that is nothing', '[a]\nx\n'],
    ['a group that does not end', '[a\n'],
    ['an entry without a name', '[a]\n=x\n'],
    ['a control character', '[a]\nx=\u001b[2J\n'],
    ['a carriage return within a line', '[a]\nx=1\ry=2\n'],
    ['a NUL', '[a]\nx=1\0\n'],
    ['more than is read', `[a]\n${'x=1\n'.repeat(keyfileLimit / 4)}`],
  ])('is refused for %s', (_, text) => {
    expect(parseKeyfile(text)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  })

  it('names no property of objects', () => {
    const file = expectOk(parseKeyfile('[__proto__]\nconstructor=1\n'))
    expect([file.get('constructor'), file.get('__proto__')?.get('constructor')]).toEqual([undefined, '1'])
  })

  it('never throws, and what it reads has neither control characters nor more than was there', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '[wifi]',
        '[a]\n',
        'ssid=',
        '\n',
        '\r',
        '=',
        '#',
        '[',
        ']',
        '\\s',
        '\0',
        ';',
        ' ',
        'psk',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const file = parseKeyfile(text)
        if (!file.ok) expect(file.failure.code).toBe('malformed')
        for (const group of file.ok ? file.value.values() : [])
          for (const [key, value] of group) {
            expect(text).toContain(key)
            expect(text).toContain(value)
            expect(`${key}${value}`).not.toMatch(/[^\P{Cc}\t]/u)
          }
      }),
      { numRuns: 2000 },
    )
  })
})

it('takes escapes out of a value', () => {
  expect(plainValue(String.raw`\sa\\s\tb\n\;`)).toBe(' a\\s\tb\n\\;')
})
