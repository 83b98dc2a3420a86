import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { readOvmf } from '../testing/foreign-tools.ts'
import {
  applyWrites,
  deleteVariable,
  freeBytes,
  setVariable,
  setVariableWrites,
  type VariableKey,
} from './edit-varstore.ts'
import { recordHeader, recordState } from './layout.ts'
import { parseVarstore } from './parse-varstore.ts'
import { repairVolumeChecksum, smallStore, smallVolume } from './testing/small-store.ts'

const key = (name: string): VariableKey => ({ vendor: vendor.global, name })
const value = (...data: number[]) => ({ attributes: 7, data: Uint8Array.from(data) })
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0
const dataOf = (image: Uint8Array, name: string) => {
  const found = expectOk(parseVarstore(image)).variables.find((variable) => variable.name === name)
  return found === undefined ? null : [...found.data]
}
const withState = (image: Uint8Array, name: string, state: number) => {
  const record = expectOk(parseVarstore(image)).records.find((variable) => variable.name === name)!
  return applyWrites(image, [{ offset: record.offset + recordHeader.state, data: Uint8Array.of(state) }])
}

describe.each([
  { file: 'OVMF_VARS.fd', volumeSize: 0x20000, end: 0xe000 },
  { file: 'OVMF_VARS_4M.fd', volumeSize: 0x84000, end: 0x40000 },
])('the empty store $file', ({ file, volumeSize, end }) => {
  it('has the layout of its build and no variable', () => {
    const store = expectOk(parseVarstore(readOvmf(file)))
    expect(store).toMatchObject({ volumeSize, end, freeStart: 0x64, variables: [] })
    expect(expectOk(freeBytes(readOvmf(file)))).toBe(end - 0x64)
  })

  it('takes a variable, replaces it, deletes it; nothing outside the store changes', () => {
    const image = readOvmf(file)
    const one = expectOk(setVariable(image, key('BootOrder'), value(1, 0)))
    const two = expectOk(setVariable(one, key('BootOrder'), value(2, 0, 1, 0)))
    expect(expectOk(parseVarstore(two)).variables).toMatchObject([
      { ...key('BootOrder'), ...value(2, 0, 1, 0) },
    ])
    const none = expectOk(deleteVariable(two, key('BootOrder')))
    expect(expectOk(parseVarstore(none)).variables).toEqual([])
    for (const changed of [one, two, none]) {
      expect(same(changed.subarray(end), image.subarray(end))).toBe(true)
      expect(same(changed.subarray(0, 0x64), image.subarray(0, 0x64))).toBe(true)
    }
  })
})

describe.each(['OVMF_VARS.ms.fd', 'OVMF_VARS_4M.ms.fd'])('the store with enrolled keys %s', (file) => {
  it('shows live variables only and keeps what authentication needs', () => {
    const { variables, freeStart } = expectOk(parseVarstore(readOvmf(file)))
    expect(freeStart).toBe(0x5998)
    const names = variables.map((variable) => variable.name)
    expect(names).toContain('SecureBootEnable')
    expect(names).not.toContain('InitialAttemptOrder9')
    expect(names.filter((name) => name === 'CustomMode')).toHaveLength(1)
    expect(names.filter((name) => name === 'BootOrder')).toHaveLength(0)
    const db = variables.find((variable) => variable.name === 'db')!
    expect(db).toMatchObject({ vendor: vendor.imageSecurity, attributes: 0x27 })
    expect([...db.authentication.time.subarray(0, 4)]).toEqual([0xe9, 0x07, 3, 10])
  })

  it('survives a change: every other variable stays as it is', () => {
    const image = readOvmf(file)
    const before = expectOk(parseVarstore(image)).variables
    const after = expectOk(
      parseVarstore(expectOk(setVariable(image, key('BootNext'), value(3, 0)))),
    ).variables
    expect(after.filter((variable) => variable.name !== 'BootNext')).toEqual(before)
  })
})

describe('states', () => {
  const image = expectOk(setVariable(smallStore(), key('A'), value(1)))

  it.each([
    ['header only', recordState.headerOnly, null],
    ['live', recordState.live, [1]],
    ['in deletion and nothing replaces it', recordState.inDeletion, [1]],
    ['deleted', 0x3d, null],
    ['deleted after being in deletion', 0x3c, null],
    ['blank', recordState.blank, null],
  ])('%s', (_, state, expected) => {
    expect(dataOf(withState(image, 'A', state), 'A')).toEqual(expected)
  })

  it('in deletion and replaced: the live one counts', () => {
    const two = expectOk(setVariable(image, key('A'), value(2)))
    const first = 0x64 + recordHeader.state
    expect(two[first]).toBe(0x3c)
    two[first] = recordState.inDeletion
    expect(dataOf(two, 'A')).toEqual([2])
    expect(dataOf(expectOk(deleteVariable(two, key('A'))), 'A')).toBeNull()
    expect(dataOf(expectOk(setVariable(two, key('A'), value(3))), 'A')).toEqual([3])
  })

  it('goes on after a header that a cut left blank', () => {
    const cut = withState(expectOk(setVariable(image, key('B'), value(5))), 'A', recordState.blank)
    // A blank state hides the sizes: EDK II looks for the next record right after the header.
    expect(expectOk(parseVarstore(cut)).freeStart).toBe(0x64 + recordHeader.length)
    const next = expectOk(setVariable(cut, key('C'), value(6)))
    expect(dataOf(next, 'C')).toEqual([6])
  })

  it('tells names apart by case and by vendor', () => {
    const twice = expectOk(setVariable(image, key('a'), value(2)))
    const thrice = expectOk(setVariable(twice, { vendor: vendor.shim, name: 'A' }, value(3)))
    expect(expectOk(parseVarstore(thrice)).variables.map(({ data }) => data[0])).toEqual([1, 2, 3])
  })
})

describe('writes', () => {
  it('show the old or the new value after any number of them', () => {
    const image = expectOk(setVariable(smallStore(), key('A'), value(1)))
    const writes = expectOk(setVariableWrites(image, key('A'), value(2, 2)))
    expect(writes.length).toBeGreaterThan(4)
    const seen = writes.map((_, n) => dataOf(applyWrites(image, writes.slice(0, n)), 'A'))
    expect(seen.slice(0, -1).every((data) => data?.length === 1)).toBe(true)
    expect(dataOf(applyWrites(image, writes), 'A')).toEqual([2, 2])
  })

  it('are none for an equal value and for deleting what is absent', () => {
    const image = expectOk(setVariable(smallStore(), key('A'), value(1)))
    expect(expectOk(setVariableWrites(image, key('A'), value(1)))).toEqual([])
    expect(same(expectOk(deleteVariable(image, key('B'))), image)).toBe(true)
  })

  it('delete when there is no data, as SetVariable() does', () => {
    const image = expectOk(setVariable(smallStore(), key('A'), value(1)))
    expect(dataOf(expectOk(setVariable(image, key('A'), value())), 'A')).toBeNull()
  })

  it('keep the authentication of a variable that is replaced', () => {
    const authentication = { monotonicCount: 5n, time: new Uint8Array(16).fill(9), publicKeyIndex: 2 }
    const first = expectOk(setVariable(smallStore(), key('A'), { ...value(1), authentication }))
    const second = expectOk(setVariable(first, key('A'), value(2)))
    expect(expectOk(parseVarstore(second)).variables[0]?.authentication).toEqual(authentication)
  })
})

describe('a full store', () => {
  it('is compacted: live ones stay, what lies after the store stays', () => {
    let image = expectOk(setVariable(smallStore(), key('Kept'), value(9, 9)))
    for (let i = 0; i < 100; i += 1) image = expectOk(setVariable(image, key('A'), value(i)))
    expect(dataOf(image, 'A')).toEqual([99])
    expect(dataOf(image, 'Kept')).toEqual([9, 9])
    const { storeEnd } = smallVolume
    expect(same(image.subarray(storeEnd), smallStore().subarray(storeEnd))).toBe(true)
  })

  it('makes one in deletion that nothing replaced live again', () => {
    let image = withState(expectOk(setVariable(smallStore(), key('Old'), value(4))), 'Old', 0x3e)
    for (let i = 0; i < 30; i += 1) image = expectOk(setVariable(image, key('A'), value(i)))
    expect(expectOk(parseVarstore(image)).variables.find(({ name }) => name === 'Old')).toMatchObject({
      state: recordState.live,
      data: Uint8Array.of(4),
    })
  })

  it('says what it needed and what it had, and free space counts deleted ones', () => {
    const big = { attributes: 7, data: new Uint8Array(500) }
    const image = expectOk(setVariable(smallStore(), key('Big'), big))
    const found = expectOk(freeBytes(image))
    expect(setVariable(image, key('Big2'), big)).toEqual({
      ok: false,
      failure: { code: 'firmware-store-full', facts: { required: 60 + 10 + 500, found } },
    })
    const freed = expectOk(deleteVariable(image, key('Big')))
    expect(expectOk(freeBytes(freed))).toBe(expectOk(freeBytes(smallStore())))
    expect(dataOf(expectOk(setVariable(freed, key('Big2'), big)), 'Big2')).toHaveLength(500)
  })

  it('takes a record that fits to the last byte', () => {
    const free = expectOk(freeBytes(smallStore()))
    const image = expectOk(
      setVariable(smallStore(), key('A'), { attributes: 7, data: new Uint8Array(free - 64) }),
    )
    expect(expectOk(freeBytes(image))).toBe(0)
    expect(dataOf(image, 'A')).toHaveLength(free - 64)
  })
})

describe('damage is refused with field and offset', () => {
  it.each([
    ['volume signature', 0x28, 0],
    ['volume header checksum', 0x33, 0x55],
    ['store type', 0x48, 0],
    ['store format', 0x48 + 20, 0],
    ['store state', 0x48 + 21, 0],
  ])('%s', (field, at, byte) => {
    const image = smallStore()
    image[at] = byte
    expect(parseVarstore(image)).toMatchObject({
      ok: false,
      failure: { code: 'malformed', facts: { field } },
    })
  })

  it('a size that passes the end of the store', () => {
    const image = expectOk(setVariable(smallStore(), key('A'), value(1)))
    image[0x64 + recordHeader.dataSize + 2] = 1
    expect(parseVarstore(image)).toMatchObject({
      failure: { facts: { field: 'data size', offset: 0x64 + recordHeader.dataSize } },
    })
  })

  it('a volume that is larger than the file', () => {
    const image = smallStore()
    image[0x22] = 1
    repairVolumeChecksum(image)
    expect(parseVarstore(image)).toMatchObject({ failure: { facts: { field: 'volume size' } } })
    expect(parseVarstore(smallStore().subarray(0, 0x50))).toMatchObject({ ok: false })
  })
})
