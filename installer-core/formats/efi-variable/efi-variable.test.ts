import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { bootEntryName, parseBootEntryName } from './boot-entry-name.ts'
import { parseBootNumber, parseBootOrder, serialiseBootNumber, serialiseBootOrder } from './boot-order.ts'
import { parseEfivarFile, serialiseEfivarFile, variableAttribute, withoutForeignBits } from './efivar-file.ts'
import { parseFlag } from './flag.ts'

describe('a file of efivarfs', () => {
  it('gives back the bytes it was read from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 64 }), (file) => {
        expect(serialiseEfivarFile(expectOk(parseEfivarFile(file)))).toEqual(file)
      }),
    )
  })

  it('may hold no data, but never less than its attributes', () => {
    expect(expectOk(parseEfivarFile(Uint8Array.of(7, 0, 0, 0))).data).toHaveLength(0)
    expect(parseEfivarFile(Uint8Array.of(7, 0, 0))).toMatchObject({ failure: { code: 'malformed' } })
  })

  it("may carry Apple's bit", () => {
    const { attributes } = expectOk(parseEfivarFile(Uint8Array.of(7, 0, 0, 0x80, 1)))
    expect(attributes).toBe(7 + variableAttribute.apple)
    expect(withoutForeignBits(attributes)).toBe(7)
  })
})

describe('boot numbers', () => {
  it('keep their order and every repetition', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (numbers) => {
        expect(expectOk(parseBootOrder(serialiseBootOrder(numbers)))).toEqual(numbers)
      }),
    )
  })

  it('refuse half a number', () => {
    expect(parseBootOrder(Uint8Array.of(1, 0, 2))).toMatchObject({ failure: { facts: { field: 'length' } } })
    expect(parseBootNumber(Uint8Array.of(1))).toMatchObject({ failure: { facts: { field: 'length' } } })
  })

  it('are none in an empty BootNext', () => {
    expect(expectOk(parseBootNumber(new Uint8Array()))).toBeNull()
    expect(expectOk(parseBootNumber(serialiseBootNumber(0x80fe)))).toBe(0x80fe)
  })
})

describe('names of boot entries', () => {
  it.each([
    ['Boot0000', { number: 0, standard: true }],
    ['Boot001A', { number: 0x1a, standard: true }],
    ['Boot001a', { number: 0x1a, standard: false }],
    ['BootFFFF', { number: 0xffff, standard: true }],
    ['BootOrder', null],
    ['BootNext', null],
    ['Boot001', null],
    ['Boot001AA', null],
    ['boot0001', null],
    ['Boot001G', null],
  ])('%s', (name, expected) => {
    expect(parseBootEntryName(name)).toEqual(expected)
  })

  it('come back from their number', () => {
    fc.assert(
      fc.property(fc.nat(0xffff), (number) => {
        expect(parseBootEntryName(bootEntryName(number))).toEqual({ number, standard: true })
      }),
    )
  })
})

it('a flag is one byte', () => {
  expect([[1], [0], []].map((data) => expectOk(parseFlag(Uint8Array.from(data))))).toEqual([
    true,
    false,
    null,
  ])
  expect(parseFlag(Uint8Array.of(0x31))).toMatchObject({ failure: { facts: { field: 'value' } } })
  expect(parseFlag(new Uint8Array(57))).toMatchObject({ failure: { facts: { field: 'length' } } })
})
