import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftOut, redactText, redactValue } from './redact-text.ts'

describe('redactText', () => {
  it.each([
    ['nic 02:00:00:00:00:01 up', `nic ${leftOut} up`],
    ['nic 02-00-00-AA-BB-01 up', `nic ${leftOut} up`],
    ['PciRoot(0x0)/MAC(020000000001,0)', `PciRoot(0x0)/MAC(${leftOut},0)`],
    ['/home/erika/pc/disk0.img', `/home/${leftOut}/pc/disk0.img`],
    ['C:\\Users\\Erika Muster\\pc', `C:\\Users\\${leftOut}\\pc`],
    ['"C:\\\\Users\\\\erika\\\\pc"', `"C:\\\\Users\\\\${leftOut}\\\\pc"`],
  ])('leaves out what is personal in %s', (text, expected) => {
    expect(redactText(text)).toBe(expected)
  })

  it('leaves out the strings it is given, at every depth', () => {
    expect(redactValue({ a: ['disk S3R1AL here'], b: 7, c: null }, ['S3R1AL'])).toEqual({
      a: [`disk ${leftOut} here`],
      b: 7,
      c: null,
    })
  })

  it('keeps GUIDs, hashes and sizes', () => {
    const text =
      'c12a7328-f81f-11d2-ba4b-00a0c93ec93b 4294967296 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    expect(redactText(text)).toBe(text)
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = redactText(text, ['S3R1AL'])
        expect(redactText(once, ['S3R1AL'])).toBe(once)
      }),
    )
  })
})
