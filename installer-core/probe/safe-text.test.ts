import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeLatin1, safeText, safeUtf16, safeUtf8 } from './safe-text.ts'

describe('safe text', () => {
  it.each([
    ['Windows', 'Windows'],
    ['Größe 日本 🐧 é', 'Größe 日本 🐧 é'],
    ['\u202etxt.exe', '‹U+202E›txt.exe'],
    ['a\u200bb\u2060c\ufeff', 'a‹U+200B›b‹U+2060›c‹U+FEFF›'],
    ['\x1b[2J\n', '‹U+001B›[2J‹U+000A›'],
    ['x\u0085y\u007f', 'x‹U+0085›y‹U+007F›'],
    ['\ud800lone\udc00', '‹U+D800›lone‹U+DC00›'],
    ['\u2066isolate\u2069', '‹U+2066›isolate‹U+2069›'],
    ['z\u0301\u0302\u0303\u0304\u0305', 'z\u0301\u0302\u0303‹U+0304›‹U+0305›'],
    ['\u{e0041}\u{f0000}', '‹U+E0041›‹U+F0000›'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(safeText(raw)).toBe(shown)
  })

  it('is bounded', () => {
    expect(safeText('x'.repeat(5000), 10)).toBe(`${'x'.repeat(10)}…`)
    expect(safeText('\u202e'.repeat(5000), 20).length).toBeLessThanOrEqual(21)
  })

  it('comes back as it is, and never holds what it hides', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 300 }),
        (raw, limit) => {
          const shown = safeText(raw, limit)
          expect(safeText(shown, limit)).toBe(shown)
          expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\p{Bidi_Control}]/u)
          expect([...shown].length).toBeLessThanOrEqual(limit + 1)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('reads the encodings of disks', () => {
    expect(safeUtf8(Uint8Array.of(0xc3, 0xa4, 0xff, 0, 0x41))).toBe('ä\ufffd')
    expect(safeLatin1(new TextEncoder().encode('BOOT       '))).toBe('BOOT')
    expect(safeUtf16(Uint8Array.of(0x2e, 0x20, 0x41, 0, 0, 0, 0x42, 0))).toBe('‹U+202E›A')
  })
})
