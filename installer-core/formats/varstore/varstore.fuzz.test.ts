import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guidFromBytes } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { fuzz } from '../testing/fuzz.ts'
import { applyWrites, setVariable, deleteVariable, setVariableWrites } from './edit-varstore.ts'
import { parseVarstore } from './parse-varstore.ts'
import { repairVolumeChecksum, smallStore, smallVolume } from './testing/small-store.ts'

const operation = fc.record({
  name: fc.constantFrom('BootOrder', 'BootNext', 'Boot0000', 'Boot000A', 'Boot000a'),
  vendor: fc.constantFrom(vendor.global, vendor.shim),
  attributes: fc.constantFrom(3, 7, 0x27),
  data: fc.uint8Array({ maxLength: 120 }),
})

it('behaves like a map, whatever is set and deleted', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      let image = smallStore()
      const model = new Map<string, string>()
      for (const { data, attributes, ...key } of operations) {
        const result = setVariable(image, key, { attributes, data })
        if (!result.ok) {
          expect(result.failure.code).toBe('firmware-store-full')
          continue
        }
        image = result.value
        const id = `${key.vendor} ${key.name}`
        if (data.length === 0) model.delete(id)
        else model.set(id, `${attributes} ${data.join()}`)
        const found = expectOk(parseVarstore(image)).variables
        expect(
          new Map(found.map((v) => [`${v.vendor} ${v.name}`, `${v.attributes} ${v.data.join()}`])),
        ).toEqual(model)
      }
      const tail = Buffer.compare(
        image.subarray(smallVolume.storeEnd),
        smallStore().subarray(smallVolume.storeEnd),
      )
      expect(tail).toBe(0)
    }),
    { numRuns: 200 },
  )
})

it('shows the old or the new value after every prefix of its writes, and never loses another variable', () => {
  const others = (image: Uint8Array, name: string) =>
    expectOk(parseVarstore(image)).variables.filter((variable) => variable.name !== name)
  fc.assert(
    fc.property(fc.array(operation, { minLength: 2, maxLength: 6 }), (operations) => {
      let image = smallStore()
      for (const { data, attributes, ...key } of operations) {
        const writes = setVariableWrites(image, key, { attributes, data })
        if (!writes.ok) continue
        const before = others(image, key.name).map(({ name, data: bytes }) => [name, bytes])
        const complete = applyWrites(image, writes.value)
        const valueIn = (from: Uint8Array) =>
          expectOk(parseVarstore(from))
            .variables.find((v) => v.name === key.name && v.vendor === key.vendor)
            ?.data.join()
        for (let n = 0; n <= writes.value.length; n += 1) {
          const cut = applyWrites(image, writes.value.slice(0, n))
          expect([valueIn(image), valueIn(complete)]).toContain(valueIn(cut))
          expect(others(cut, key.name).map(({ name, data: bytes }) => [name, bytes])).toEqual(before)
        }
        image = complete
      }
    }),
    { numRuns: 100 },
  )
})

it('shows the old or the new value when a write is torn at any byte, and takes the next write', () => {
  const key = { vendor: vendor.global, name: 'BootOrder' }
  const valueIn = (image: Uint8Array) => expectOk(parseVarstore(image)).variables[0]?.data.join()
  const value = (...data: number[]) => ({ attributes: 7, data: Uint8Array.from(data) })
  const image = expectOk(setVariable(smallStore(), key, value(1, 0)))
  const writes = expectOk(setVariableWrites(image, key, value(2, 0, 1, 0)))
  let torn = 0
  writes.forEach((write, n) => {
    const before = applyWrites(image, writes.slice(0, n))
    for (let length = 0; length <= write.data.length; length += 1) {
      const cut = applyWrites(before, [{ offset: write.offset, data: write.data.slice(0, length) }])
      expect(['1,0', '2,0,1,0']).toContain(valueIn(cut))
      expect(valueIn(expectOk(setVariable(cut, key, value(3, 0))))).toBe('3,0')
      torn += 1
    }
  })
  expect(torn).toBeGreaterThan(80)
})

it('refuses or reads any mutation of a store within its bound', () => {
  const key = (name: string) => ({ vendor: guidFromBytes(new Uint8Array(16).fill(1)), name })
  const value = (length: number) => ({ attributes: 7, data: new Uint8Array(length).fill(length) })
  let full = smallStore()
  for (const length of [1, 2, 3, 40]) {
    full = expectOk(setVariable(full, key(`V${length}`), value(length)))
    full = expectOk(setVariable(full, key('Changed'), value(length)))
  }
  const seeds = [smallStore(), full, expectOk(deleteVariable(full, key('V2')))]
  const count = fuzz({
    name: 'varstore',
    seeds: seeds.map((seed) => seed.slice(0, smallVolume.storeEnd + 64)).map(withSize),
    repair: repairVolumeChecksum,
    parse: (data, work) => {
      const result = parseVarstore(data, work)
      const first = result.ok ? result.value.variables[0] : undefined
      if (first !== undefined) expect(deleteVariable(data, first).ok).toBe(true)
      return result
    },
    bound: (length) => ({ bytes: 200 + 2 * length, entries: 1 + length / 60 }),
  })
  expect(count.accepted).toBeGreaterThan(1000)
})

/** Shrinks the volume to the bytes that are left, so that a seed is small. */
function withSize(image: Uint8Array): Uint8Array {
  const fields = new DataView(image.buffer)
  fields.setUint32(0x20, image.length, true)
  fields.setUint32(0x3c, image.length, true)
  repairVolumeChecksum(image)
  return image
}
