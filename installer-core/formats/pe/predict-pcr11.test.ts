import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { sectionHeader } from './layout.ts'
import { makeEfiApplication } from './make-application.ts'
import { makeUki, type UkiPart } from './make-uki.ts'
import { parsePe } from './parse-pe.ts'
import { laterPhases, predictPcr11 } from './predict-pcr11.ts'

const stub = makeEfiApplication({ code: Uint8Array.of(0xc3) })
const text = (value: string) => new TextEncoder().encode(value)
const part = (name: string, data: string): UkiPart => ({ name, data: text(data) })
const kernel = part('.linux', 'kernel')
const uki = (...sections: readonly UkiPart[]) => expectOk(makeUki({ stub, sections }))

function sha256(...pieces: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return new Uint8Array(hash.digest())
}

/** A register that was extended by each of these texts. */
const extended = (...events: readonly string[]) =>
  events.reduce<Uint8Array>((value, event) => sha256(value, sha256(text(event))), new Uint8Array(32))

/** Changes the size in memory, or the name, of a section. */
function change(image: Uint8Array, name: string, to: { size?: number; name?: string }): Uint8Array {
  const { sectionTableOffset, sections } = expectOk(parsePe(image))
  const at = sectionTableOffset + sections.findIndex((one) => one.name === name) * sectionHeader.length
  const changed = Uint8Array.from(image)
  if (to.size !== undefined)
    new DataView(changed.buffer).setUint32(at + sectionHeader.virtualSize, to.size, true)
  if (to.name !== undefined) changed.set(text(to.name.padEnd(8, '\0')), at)
  return changed
}

describe('PCR 11 of a UKI', () => {
  it('is extended by name and content of each part, in one order whatever that of the file', () => {
    const parts = [
      part('.sbat', 'level'),
      part('.uname', '6.1'),
      part('.initrd', 'initrd'),
      part('.ucode', 'microcode'),
      part('.cmdline', 'quiet'),
      part('.osrel', 'ID=x'),
    ]
    const wanted = extended(
      ...['.linux\0', 'kernel', '.osrel\0', 'ID=x', '.cmdline\0', 'quiet', '.initrd\0', 'initrd'],
      ...['.ucode\0', 'microcode', '.uname\0', '6.1', '.sbat\0', 'level'],
    )
    expect(expectOk(predictPcr11(uki(kernel, ...parts), sha256))).toEqual(wanted)
    expect(expectOk(predictPcr11(uki(...parts.reverse(), kernel), sha256))).toEqual(wanted)
  })

  it('knows nothing of a part that is absent or empty, of the stub, and of a signature of expected values', () => {
    const wanted = extended('.linux\0', 'kernel')
    expect(expectOk(predictPcr11(uki(kernel), sha256))).toEqual(wanted)
    expect(expectOk(predictPcr11(uki(part('.cmdline', ''), kernel), sha256))).toEqual(wanted)
    expect(expectOk(predictPcr11(uki(part('.pcrsig', '{}'), kernel), sha256))).toEqual(wanted)
  })

  it('takes zeros for what a part is longer in memory than in the file, and no more than is in memory', () => {
    const image = uki(part('.osrel', 'ID=berth'), kernel)
    const longer = expectOk(predictPcr11(change(image, '.osrel', { size: 1000 }), sha256))
    const osrel = `ID=berth${'\0'.repeat(992)}`
    expect(longer).toEqual(extended('.linux\0', 'kernel', '.osrel\0', osrel))
    const shorter = expectOk(predictPcr11(change(image, '.osrel', { size: 2 }), sha256))
    expect(shorter).toEqual(extended('.linux\0', 'kernel', '.osrel\0', 'ID'))
    expect(predictPcr11(change(image, '.osrel', { size: 0xffff_0000 }), sha256)).toMatchObject({
      failure: { code: 'malformed', facts: { field: 'section size' } },
    })
  })

  it.each(['.profile', '.dtbauto', '.efifw'])('is not predicted where %s decides it', (name) => {
    const predicted = predictPcr11(uki(part(name, 'x'), kernel), sha256)
    expect(predicted).toMatchObject({ ok: false, failure: { code: 'unsupported' } })
  })

  it('is refused for an image with a part twice, without a kernel, or that is none', () => {
    const twice = change(uki(part('.osrel', 'a'), part('.uname', 'b'), kernel), '.uname', { name: '.osrel' })
    for (const image of [twice, stub, new Uint8Array(100)])
      expect(predictPcr11(image, sha256)).toMatchObject({ ok: false, failure: { code: 'malformed' } })
  })

  it('goes on with the words of the phases', () => {
    const value = expectOk(predictPcr11(uki(kernel), sha256))
    expect(laterPhases(value, ['sysinit', 'ready'], sha256)).toEqual(
      extended('.linux\0', 'kernel', 'sysinit', 'ready'),
    )
    expect(laterPhases(value, [], sha256)).toEqual(value)
  })
})
