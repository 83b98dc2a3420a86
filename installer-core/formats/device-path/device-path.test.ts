import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, guid, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { devicePathText } from './device-path-text.ts'
import { parseDevicePaths } from './parse-device-path.ts'
import { serialiseDevicePaths } from './serialise-device-path.ts'
import { fileOf, hardDriveOf, shortFormPath } from './short-form.ts'
import { arbitraryPath } from './testing/arbitrary-path.ts'

const end = '7fff0400'
const only = (hex: string) => {
  const paths = expectOk(parseDevicePaths(fromHex(hex)))
  expect(paths).toHaveLength(1)
  return paths[0]!
}
const roundTrip = (hex: string) => toHex(serialiseDevicePaths(expectOk(parseDevicePaths(fromHex(hex)))))

const partition = {
  partitionNumber: 2,
  partitionGuid: guid('6c89622c-0142-433b-8591-7965b5daad12'),
  start: 0x800,
  size: 0x82000,
}

describe('the short form', () => {
  it('is HD()/File() as the specification lays it out', () => {
    const bytes = toHex(serialiseDevicePaths([shortFormPath(partition, '/EFI/Linux/x.efi')]))
    const hd =
      '04012a00' +
      '02000000' +
      '0008000000000000' +
      '0020080000000000' +
      '2c62896c42013b4385917965b5daad12' +
      '0202'
    const name = Array.from(
      '\\EFI\\Linux\\x.efi',
      (c) => `${c.charCodeAt(0).toString(16).padStart(2, '0')}00`,
    )
    expect(bytes).toBe(`${hd}04042600${name.join('')}0000${end}`)
  })

  it('reads as text and gives its parts back', () => {
    const path = shortFormPath(partition, '/EFI/Linux/x.efi')
    expect(devicePathText(path)).toBe(
      'HD(2,GPT,6c89622c-0142-433b-8591-7965b5daad12,0x800,0x82000)/File(\\EFI\\Linux\\x.efi)',
    )
    expect(fileOf(path)).toBe('\\EFI\\Linux\\x.efi')
    expect(hardDriveOf(path)).toMatchObject({ partitionNumber: 2, start: 0x800, size: 0x82000 })
    expect(fileOf({ nodes: [], endType: 0x7f })).toBeNull()
    expect(hardDriveOf({ nodes: [], endType: 0x7f })).toBeNull()
  })
})

describe('nodes', () => {
  const hd = (signature: string, format: string) =>
    `04012a00010000000008000000000000000010000000000${'0'}${signature.padEnd(32, '0')}${format}${end}`

  it('of an MBR disk carry its 32-bit signature', () => {
    expect(devicePathText(only(hd('a9de4940', '0101')))).toBe('HD(1,MBR,0x4049dea9,0x800,0x100000)')
  })

  it.each([
    ['MBR signature with more bytes', hd('a9de4940ff', '0101')],
    ['no signature', hd('', '0100')],
    ['unknown signature type', hd('0102', '0277')],
    ['HD of another length', `04010600ffff${end}`],
    ['HD past 2^53 blocks', `04012a0001000000${'ff'.repeat(16)}${'00'.repeat(16)}0202${end}`],
    ['file without NUL', `040408004100` + `4200${end}`],
    ['file of an odd length', `0404070041000a${end}`],
    ['file with bytes after its NUL', `04040a004100000042${'00'}${end}`],
    ['empty file', `04040400${end}`],
    ['lone surrogate', `0404080000d80000${end}`],
    ['end of EFI 1.02', '01010600001fffff0400'],
    ['end type with an unknown subtype', `7f550400${end}`],
    ['end instance with data', `7f01050000${end}`],
    ['two paths', `01010600001f${end}01010600011f${end}`],
    ['no path', ''],
  ])('%s: byte for byte', (_, hex) => {
    expect(roundTrip(hex)).toBe(hex)
  })

  it.each([
    ['unknown', '20030600abcd', 'Path(32,3,abcd)'],
    ['instances', `01010600001f7f01040001010600011e`, 'Pci(0x1f,0x0),Pci(0x1e,0x1)'],
    ['PCI root', '02010c00d041030a02000000', 'PciRoot(0x2)'],
    ['ACPI', '02010c00d041010502000000', 'Acpi(0x50141d0,0x2)'],
    ['SATA', '03120a000100ffff0000', 'Sata(1,65535,0)'],
    ['USB', '030506000b01', 'USB(11,1)'],
    ['a known kind that is too short', '0312050001', 'Path(3,18,01)'],
    ['URI', '03180c0068747470733a2f2f', 'Uri(https://)'],
    ['BIOS boot', '050109000200' + '0000' + '00', 'BBS(0x2,)'],
  ])('%s for people', (_, hex, text) => {
    expect(devicePathText(only(hex + end))).toBe(text)
  })

  it('in pieces make one file', () => {
    expect(fileOf(only(`040408005c0041000404080042004300${end}`))).toBe('\\A\\BC')
  })
})

describe('damage', () => {
  it.each([
    ['node length', '0401030000', 2],
    ['node data', '04012a0001', 4],
    ['node type', '', 6],
    ['end node length', '7fff050000', 8],
  ])('%s is refused with its offset', (field, hex, offset) => {
    const before = field === 'node type' || field === 'end node length' ? '01010600001f' : ''
    expect(parseDevicePaths(fromHex(before + hex))).toMatchObject({
      failure: { code: 'malformed', facts: { field, offset } },
    })
  })
})

it('gives back every path it can hold', () => {
  fc.assert(
    fc.property(fc.array(arbitraryPath, { maxLength: 3 }), (paths) => {
      const bytes = serialiseDevicePaths(paths)
      const parsed = expectOk(parseDevicePaths(bytes))
      expect(parsed).toEqual(paths)
      expect(toHex(serialiseDevicePaths(parsed))).toBe(toHex(bytes))
    }),
  )
})
