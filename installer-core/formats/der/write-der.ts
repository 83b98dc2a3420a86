import { joinBytes } from '../../base/join-bytes.ts'

/** Tags of ASN.1 types (X.690, 8.1.2; universal class, the two constructed ones with their bit). */
const tag = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
} as const
const constructed = { sequence: 0x30, set: 0x31 } as const
const contextClass = 0x80
const constructedBit = 0x20

/** One element in the distinguished encoding: tag, definite length in the fewest bytes, content (X.690, 10.1). */
export function element(tagByte: number, content: Uint8Array): Uint8Array {
  return joinBytes([Uint8Array.of(tagByte, ...lengthBytes(content.length)), content])
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return [0x80 | digits.length, ...digits]
}

export const sequence = (...parts: readonly Uint8Array[]) => element(constructed.sequence, joinBytes(parts))
export const octets = (content: Uint8Array) => element(tag.octets, content)
export const utf8 = (text: string) => element(tag.utf8, new TextEncoder().encode(text))
export const nothing = () => element(tag.null, new Uint8Array())
/** All bits of these bytes. */
export const bits = (content: Uint8Array) => element(tag.bits, joinBytes([Uint8Array.of(0), content]))

/** A set; DER asks for its parts in the order of their encodings (X.690, 11.6). */
export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return element(constructed.set, joinBytes([...parts].sort(inOrder)))
}

function inOrder(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** A part with a number of its own, `[n]`: around an element (explicit), or in the place of its tag (implicit). */
export function numbered(number: number, content: Uint8Array, form: 'constructed' | 'primitive'): Uint8Array {
  return element(contextClass | (form === 'constructed' ? constructedBit : 0) | number, content)
}

/** A number of any length that is not negative, its highest byte first. */
export function integer(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : magnitude.subarray(first)
  const isNegative = (digits[0] ?? 0) >= 0x80
  return element(tag.integer, isNegative ? joinBytes([Uint8Array.of(0), digits]) : digits)
}

/** An object identifier from its dotted form; the first two numbers share a byte, the others go by seven bits. */
export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(tag.oid, Uint8Array.from([40 * first + second, ...rest].flatMap(base128)))
}

function base128(value: number): readonly number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift(0x80 | (rest % 128))
  return digits
}

/** A time from 1950 to 2049, to the second (UTCTime; RFC 5280, 4.1.2.5.1). `iso` as `2026-01-31T00:00:00Z`. */
export function utcTime(iso: string): Uint8Array {
  return element(tag.utcTime, new TextEncoder().encode(`${iso.replace(/[-:T]|\.\d+/g, '').slice(2)}`))
}
