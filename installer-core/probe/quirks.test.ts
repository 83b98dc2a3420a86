import { describe, expect, it } from 'vitest'
import { firmwareQuirks } from '../model/firmware-quirk.ts'
import { quirksFor, type QuirkSigns } from './quirks.ts'
import { safeText } from './safe-text.ts'

const ids = (vendor: string, model: string, seen: Partial<QuirkSigns> = {}, known: readonly string[] = []) =>
  quirksFor(
    { vendor: safeText(vendor), model: safeText(model) },
    { bootEntries: [], bootOrder: null, attributes: [], free: null, berth: { state: 'absent' }, ...seen },
    known,
  ).map(({ id }) => id)

describe('firmware quirks', () => {
  it('are numbered once, in order', () => {
    expect(firmwareQuirks.map(({ id }) => id)).toEqual(
      firmwareQuirks.map((_, i) => `FQ-${String(i + 1).padStart(2, '0')}`),
    )
  })
  it.each([
    ['HP', 'EliteBook 840 G8', ['FQ-03', 'FQ-04']],
    ['LENOVO', 'ThinkPad T480', ['FQ-02']],
    ['Acer', 'Aspire 5', ['FQ-05']],
    ['Insyde Corp.', 'TOSHIBA SATELLITE', ['FQ-01']],
    ['Micro-Star International', 'MS-7B89', ['FQ-06']],
    ['Apple Inc.', 'MacBookPro15,1', ['FQ-12', 'FQ-13']],
    ['Apple Inc.', 'MacBookPro9,2', ['FQ-13']],
    ['EDK II', 'OVMF', []],
  ])('%s %s: %j', (vendor, model, expected) => {
    expect(ids(vendor, model)).toEqual(expected)
  })
  it('show themselves by signs', () => {
    expect(ids('x', 'y', { free: 2048 })).toEqual(['FQ-11'])
    expect(ids('x', 'y', { attributes: [7, 0x80000007] })).toEqual(['FQ-13'])
    expect(ids('x', 'y', { bootOrder: [0x2004] })).toEqual(['FQ-16'])
    expect(ids('x', 'y', { free: 100_000, attributes: [7], bootOrder: [] })).toEqual([])
  })
  it('are known of this PC', () => {
    expect(ids('x', 'y', {}, ['FQ-08'])).toEqual(['FQ-08'])
  })
})
