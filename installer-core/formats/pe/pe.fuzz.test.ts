import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { fuzz } from '../testing/fuzz.ts'
import { authenticodeInput, feedAuthenticode, readCertificates } from './authenticode.ts'
import { makeEfiApplication } from './make-application.ts'
import { makeUki, type UkiPart } from './make-uki.ts'
import { parsePe, sectionData } from './parse-pe.ts'

const application = makeEfiApplication({ code: Uint8Array.of(0xc3), data: new Uint8Array(20).fill(1) })
const uki = expectOk(
  makeUki({
    stub: application,
    sections: [
      { name: '.linux', data: new Uint8Array(700).fill(2) },
      { name: '.osrel', data: new Uint8Array(30).fill(3) },
    ],
  }),
)
const certificateEntry = expectOk(parsePe(application)).certificateEntryOffset!

/** An image with one certificate of 24 bytes at its end. */
function signed(file: Uint8Array): Uint8Array {
  const out = new Uint8Array(file.length + 24)
  out.set(file)
  const fields = new DataView(out.buffer)
  fields.setUint32(certificateEntry, file.length, true)
  fields.setUint32(certificateEntry + 4, 24, true)
  fields.setUint32(file.length, 24, true)
  fields.setUint32(file.length + 4, 0x00020200, true)
  return out
}

it('refuses or reads any mutation of an image within its bound', () => {
  const count = fuzz({
    name: 'pe',
    seeds: [application, uki, signed(application)],
    parse: (data, work) => {
      const image = parsePe(data, data.length, work)
      if (!image.ok) return image
      const held = image.value.sections.map((section) => sectionData(data, section).length)
      expect(Math.max(0, ...held)).toBeLessThanOrEqual(data.length)
      const input = authenticodeInput(image.value)
      const certificates = readCertificates(data, image.value, work)
      if (!input.ok) return input
      let fed = 0
      feedAuthenticode(data, input.value, (part) => (fed += part.length))
      expect(fed).toBeLessThan(data.length + 8)
      return certificates
    },
    bound: (length) => ({ bytes: 400 + 2 * length, entries: length / 8 }),
  })
  expect(count.accepted).toBeGreaterThan(1000)
})

it('never throws when any mutation of an image is taken for a stub', () => {
  fuzz(
    {
      name: 'uki',
      seeds: [application, signed(application)],
      parse: (data) => {
        const made = makeUki({ stub: data, sections: [{ name: '.linux', data: application }] })
        if (made.ok) expect(expectOk(parsePe(made.value)).certificates).toBeNull()
        if (made.ok || made.failure.code === 'malformed') return made
        expect(['no-space', 'too-large']).toContain(made.failure.code)
        return { ok: true, value: null }
      },
      bound: () => ({ bytes: 0, entries: 0 }),
    },
    10_000,
  )
})

it('gives back every part it was made from', () => {
  const part = fc.record({
    name: fc.constantFrom('.osrel', '.cmdline', '.initrd', '.uname', '.dtbauto'),
    data: fc.uint8Array({ minLength: 1, maxLength: 3000 }),
  })
  const parts = fc.uniqueArray(part, { selector: ({ name }) => name, maxLength: 5 })
  fc.assert(
    fc.property(parts, fc.uint8Array({ minLength: 1, maxLength: 3000 }), (some, kernel) => {
      const sections: readonly UkiPart[] = [{ name: '.linux', data: kernel }, ...some]
      const file = expectOk(makeUki({ stub: application, sections }))
      const image = expectOk(parsePe(file))
      for (const { name, data } of sections) {
        const section = image.sections.find((candidate) => candidate.name === name)!
        expect(Buffer.compare(sectionData(file, section), data)).toBe(0)
      }
      const { ranges } = expectOk(authenticodeInput(image))
      const covered = ranges.reduce((sum, { start, end }) => sum + end - start, 0)
      expect(covered).toBe(file.length - 12)
    }),
  )
})
