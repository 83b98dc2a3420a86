import { describe, expect, it } from 'vitest'
import { element, integer, oid, set, utcTime } from './write-der.ts'

const hex = (data: Uint8Array) => Buffer.from(data).toString('hex')

describe('DER', () => {
  it.each([
    [0x7f, '047f'],
    [0x80, '048180'],
    [0x100, '04820100'],
    [0x10000, '0483010000'],
  ])('writes a length of %i in the fewest bytes', (length, header) => {
    expect(hex(element(0x04, new Uint8Array(length)).subarray(0, header.length / 2))).toBe(header)
  })

  it.each([
    [[], '020100'],
    [[0], '020100'],
    [[0, 0x7f], '02017f'],
    [[0x80], '02020080'],
    [[0, 0xff, 1], '020300ff01'],
  ])('writes the number %j so that it is not negative and has no zero too many', (digits, wanted) => {
    expect(hex(integer(Uint8Array.from(digits)))).toBe(wanted)
  })

  it('writes object identifiers as X.690, 8.19 shows', () => {
    expect(hex(oid('2.5.4.3'))).toBe('0603550403')
    expect(hex(oid('1.2.840.113549.1.1.11'))).toBe('06092a864886f70d01010b')
  })

  it('puts the parts of a set in the order of their bytes', () => {
    expect(hex(set(Uint8Array.of(5, 0), Uint8Array.of(2, 1, 1)))).toBe('31050201010500')
  })

  it('writes a time to the second', () => {
    expect(Buffer.from(utcTime('2026-01-31T02:03:04.567Z').subarray(2)).toString()).toBe('260131020304Z')
  })
})
