import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { freeBytes, setVariable, deleteVariable } from './edit-varstore.ts'
import { parseVarstore } from './parse-varstore.ts'

const read = (name: string) => new Uint8Array(readFileSync(`/usr/share/OVMF/${name}`))

describe.each([
  { file: 'OVMF_VARS.fd', volumeSize: 0x20000, end: 0xe000 },
  { file: 'OVMF_VARS_4M.fd', volumeSize: 0x84000, end: 0x40000 },
])('the empty store $file of Debian', ({ file, volumeSize, end }) => {
  it('has the layout of its build and no variable', () => {
    const store = expectOk(parseVarstore(read(file)))
    expect(store).toMatchObject({ volumeSize, end, freeStart: 0x64, variables: [] })
    expect(expectOk(freeBytes(read(file)))).toBe(end - 0x64)
  })

  it('takes a variable and gives it back, and nothing outside the store changes', () => {
    const image = read(file)
    const key = { vendor: vendor.global, name: 'BootOrder' }
    const one = expectOk(setVariable(image, key, { attributes: 7, data: Uint8Array.of(1, 0) }))
    const two = expectOk(setVariable(one, key, { attributes: 7, data: Uint8Array.of(2, 0, 1, 0) }))
    expect(expectOk(parseVarstore(two)).variables).toMatchObject([
      { ...key, attributes: 7, data: Uint8Array.of(2, 0, 1, 0) },
    ])
    expect(two.subarray(end)).toEqual(image.subarray(end))
    expect(two.subarray(0, 0x64)).toEqual(image.subarray(0, 0x64))
    expect(expectOk(parseVarstore(expectOk(deleteVariable(two, key)))).variables).toEqual([])
  })
})
