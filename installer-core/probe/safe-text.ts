import type { SafeText } from '../model/primitives.ts'

/** Code points that show nothing, or change how what stands beside them is shown; pairs of first and last. */
const unsafeRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xfffe, 0xffff],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0x10ffff],
]

/** Marks that one letter may carry; more of them paint over the lines above and below. */
const marksPerLetter = 3
const mark = /\p{M}/u

function isUnsafe(codePoint: number): boolean {
  return unsafeRanges.some(([first, last]) => codePoint >= first && codePoint <= last)
}

function visible(codePoint: number): string {
  return `‹U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}›`
}

/**
 * Text from a disk or from firmware, made safe to show: control, bidirectional, invisible and private characters, lone
 * surrogates and floods of combining marks become visible escapes (`‹U+202E›`), and no more than `limit` characters are
 * shown (an ellipsis after them tells that there was more). Safe text comes back as it is.
 */
export function safeText(text: string, limit = 256): SafeText {
  let shown = ''
  let length = 0
  let marks = 0
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    marks = mark.test(character) ? marks + 1 : 0
    const next = isUnsafe(codePoint) || marks > marksPerLetter ? visible(codePoint) : character
    length += next === character ? 1 : next.length
    if (length > limit) return `${shown}…` as SafeText
    shown += next
  }
  return shown as SafeText
}

/** Bytes up to the first NUL as UTF-8, made safe; wrong bytes show as U+FFFD. */
export function safeUtf8(data: Uint8Array): SafeText {
  const end = data.indexOf(0)
  return safeText(new TextDecoder().decode(end < 0 ? data : data.subarray(0, end)).trimEnd())
}

/** Bytes of a code page nobody names (FAT labels), one character each, without the padding. */
export function safeLatin1(data: Uint8Array): SafeText {
  return safeText(String.fromCharCode(...data).replace(/[ \0]+$/, ''))
}

/** UTF-16LE code units up to the first NUL, made safe. */
export function safeUtf16(data: Uint8Array): SafeText {
  let text = ''
  for (let at = 0; at + 1 < data.length; at += 2) {
    const unit = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8)
    if (unit === 0) break
    text += String.fromCharCode(unit)
  }
  return safeText(text)
}
