import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { authenticodeInput, feedAuthenticode, readCertificates } from './authenticode.ts'
import { makeEfiApplication } from './make-application.ts'
import { makeUki } from './make-uki.ts'
import { findSection, parsePe, sectionData } from './parse-pe.ts'
import { readStub } from '../testing/foreign-tools.ts'

const text = (value: string) => new TextEncoder().encode(value)
const parts = [
  { name: '.linux', data: text('not a kernel').slice() },
  { name: '.osrel', data: text('ID=berth\n') },
  { name: '.cmdline', data: text('console=ttyS0') },
  { name: '.initrd', data: new Uint8Array(70_000).fill(7) },
]

describe('a UKI', () => {
  it('holds every part under its name, the kernel last, above the stub', () => {
    const stub = readStub()
    const file = expectOk(makeUki({ stub, sections: parts }))
    const image = expectOk(parsePe(file))
    for (const { name, data } of parts) {
      const section = findSection(image, name)
      expect(section, name).not.toBeNull()
      expect(Buffer.compare(sectionData(file, section!), data), name).toBe(0)
    }
    const stubImage = expectOk(parsePe(stub))
    expect(image.sections.slice(0, stubImage.sections.length)).toEqual(stubImage.sections)
    expect(image.sections.map((section) => section.name).slice(stubImage.sections.length)).toEqual([
      '.osrel',
      '.cmdline',
      '.initrd',
      '.linux',
    ])
    const addresses = image.sections.map((section) => section.virtualAddress)
    expect(addresses).toEqual(addresses.toSorted((a, b) => a - b))
    const last = image.sections.at(-1)!
    expect(image.sizeOfImage).toBeGreaterThanOrEqual(last.virtualAddress + last.virtualSize)
    expect(image.sizeOfImage % image.sectionAlignment).toBe(0)
  })

  it('is the same for the same parts', () => {
    const stub = readStub()
    const [a, b] = [makeUki({ stub, sections: parts }), makeUki({ stub, sections: parts })]
    expect(Buffer.compare(expectOk(a), expectOk(b))).toBe(0)
  })

  it('shows the stub exactly the bytes of each part, though the file pads them', () => {
    const file = expectOk(makeUki({ stub: readStub(), sections: parts }))
    for (const { name, data } of parts) {
      const section = findSection(expectOk(parsePe(file)), name)!
      expect(section.virtualSize).toBe(data.length)
      expect(section.rawSize % 512).toBe(0)
    }
  })

  it('does not promise for a kernel what the kernel itself does not', () => {
    const flagsAt = (file: Uint8Array) => expectOk(parsePe(file)).optionalOffset + 70
    const withFlag = (file: Uint8Array) => file.slice().with(flagsAt(file) + 1, 1)
    const plain = makeEfiApplication({ code: Uint8Array.of(0xc3) })
    const flagsOf = (kernel: Uint8Array) => {
      const made = makeUki({ stub: withFlag(readStub()), sections: [{ name: '.linux', data: kernel }] })
      return expectOk(parsePe(expectOk(made))).dllCharacteristics
    }
    expect([flagsOf(plain), flagsOf(withFlag(plain)), flagsOf(text('unknown'))]).toEqual([0, 0x100, 0x100])
  })

  it.each([
    ['no kernel', [{ name: '.osrel', data: text('x') }], 'malformed'],
    ['a part twice', [parts[0]!, parts[1]!, parts[1]!], 'malformed'],
    ['a section of the stub', [parts[0]!, { name: '.sbat', data: text('x') }], 'malformed'],
    ['a long name', [parts[0]!, { name: '.verylong', data: text('x') }], 'malformed'],
    [
      'too many parts',
      Array.from({ length: 9 }, (_, i) => ({ name: `.p${i}`, data: text('x') })).concat(parts),
      'no-space',
    ],
  ])('is refused with %s', (_, sections, code) => {
    expect(makeUki({ stub: readStub(), sections })).toMatchObject({ ok: false, failure: { code } })
  })

  it('is refused for a stub that is none', () => {
    expect(makeUki({ stub: text('MZ nothing'), sections: parts })).toMatchObject({ ok: false })
  })
})

describe('a small EFI application', () => {
  it('is a PE32+ program for x86-64', () => {
    const image = expectOk(parsePe(makeEfiApplication({ code: Uint8Array.of(0xc3), data: text('hello') })))
    expect(image).toMatchObject({ format: 'PE32+', machine: 0x8664, subsystem: 10, certificates: null })
    expect(image.sections.map((section) => section.name)).toEqual(['.text', '.data', '.reloc'])
  })

  it('is covered by its digest except for checksum and certificate entry', () => {
    const file = makeEfiApplication({ code: Uint8Array.of(0xc3) })
    const image = expectOk(parsePe(file))
    let fed = 0
    feedAuthenticode(file, expectOk(authenticodeInput(image)), (data) => (fed += data.length))
    expect(fed).toBe(file.length - 4 - 8)
    expect(expectOk(readCertificates(file, image))).toEqual([])
  })
})

it('reads the stub of Debian', () => {
  const file = readStub()
  const image = expectOk(parsePe(file))
  const sbat = new TextDecoder().decode(sectionData(file, findSection(image, '.sbat')!))
  expect(sbat).toMatch(/^sbat,1,/)
  expect(expectOk(parsePe(file.subarray(0, image.sizeOfHeaders), file.length))).toEqual(image)
})

it('reads headers of a kernel of which only the start is at hand', () => {
  const whole = makeEfiApplication({ code: new Uint8Array(5000) })
  expect(parsePe(whole.subarray(0, 1024))).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  expect(parsePe(whole.subarray(0, 1024), whole.length)).toMatchObject({ ok: true })
})

it.each(['/usr/share/OVMF/OVMF_CODE_4M.fd', '/etc/hostname'])('refuses %s', (file) => {
  expect(parsePe(new Uint8Array(readFileSync(file)))).toMatchObject({
    ok: false,
    failure: { code: 'malformed' },
  })
})
