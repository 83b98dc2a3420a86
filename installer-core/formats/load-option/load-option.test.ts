import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guid, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { toUcs2z } from '../byte-view.ts'
import { shortFormPath } from '../device-path/short-form.ts'
import { arbitraryPath } from '../device-path/testing/arbitrary-path.ts'
import { parseLoadOption, serialiseLoadOption, startsByItself, type LoadOption } from './load-option.ts'

const partition = {
  partitionNumber: 1,
  partitionGuid: guid('6c89622c-0142-433b-8591-7965b5daad12'),
  start: 0x800,
  size: 0x82000,
}
const option: LoadOption = {
  attributes: 1,
  description: 'Berth',
  paths: [shortFormPath(partition, '/EFI/Linux/berth.efi')],
  optionalData: toUcs2z('quiet'),
}

describe('a load option', () => {
  it('gives back what was written', () => {
    expect(expectOk(parseLoadOption(serialiseLoadOption(option)))).toEqual(option)
  })

  it('gives back anything it can hold', () => {
    const arbitrary = fc.record({
      attributes: fc.nat(0xffffffff),
      description: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
      paths: fc.array(arbitraryPath, { maxLength: 3 }),
      optionalData: fc.uint8Array(),
    })
    fc.assert(
      fc.property(arbitrary, (value) => {
        const bytes = serialiseLoadOption(value)
        expect(expectOk(parseLoadOption(bytes))).toEqual(value)
        expect(toHex(serialiseLoadOption(expectOk(parseLoadOption(bytes))))).toBe(toHex(bytes))
      }),
    )
  })

  it.each([
    ['attributes', (data: Uint8Array) => data.subarray(0, 3)],
    ['description', (data: Uint8Array) => data.subarray(0, 10)],
    ['path list', (data: Uint8Array) => data.subarray(0, 40)],
    ['node length', (data: Uint8Array) => data.with(6 + 12 + 2, 1)],
  ])('is refused when its %s is damaged', (field, damage) => {
    expect(parseLoadOption(damage(serialiseLoadOption(option)))).toMatchObject({
      failure: { code: 'malformed', facts: { field } },
    })
  })

  it('starts by itself when it is active and no program of the firmware', () => {
    const attributes = [0x1, 0x9, 0x0, 0x100, 0x101]
    expect(attributes.map((bits) => startsByItself({ ...option, attributes: bits }))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
