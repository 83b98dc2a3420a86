declare const guidBrand: unique symbol

/** A GUID in its usual text form, lower case: `c12a7328-f81f-11d2-ba4b-00a0c93ec93b`. */
export type Guid = string & { readonly [guidBrand]: true }

const textForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The order in which GPT and UEFI store the 16 bytes: the first three fields are little-endian (UEFI 2.10, appendix A). */
const storedOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

/** A GUID written in the source. Anything else is a bug, hence thrown. */
export function guid(text: string): Guid {
  const parsed = parseGuid(text)
  if (parsed === null) throw new RangeError(`not a GUID: ${text}`)
  return parsed
}

const twoDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Reads the text form, with or without braces, in any case; null when it is none. */
export function parseGuid(text: string): Guid | null {
  const bare = text.replace(/^\{(.*)\}$/, '$1').toLowerCase()
  return textForm.test(bare) ? (bare as Guid) : null
}

/** Reads the 16 bytes at `offset` (the caller has checked that they are there). */
export function guidFromBytes(data: Uint8Array, offset = 0): Guid {
  let hex = ''
  for (const i of storedOrder) hex += twoDigits[data[offset + i] ?? 0] ?? ''
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16)]
  return `${a}-${b}-${c}-${hex.slice(16, 20)}-${hex.slice(20)}` as Guid
}

/** The 16 bytes as GPT and UEFI store them. */
export function guidToBytes(value: Guid): Uint8Array {
  const plain = fromHex(value.replaceAll('-', ''))
  return Uint8Array.from(storedOrder, (i) => plain[i] ?? 0)
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(data: Uint8Array): string {
  let text = ''
  for (const byte of data) text += twoDigits[byte] ?? ''
  return text
}

/** The bytes that hexadecimal digits stand for; an odd or foreign digit is a bug of the caller. */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new RangeError('not hexadecimal')
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}

export const nilGuid = guid('00000000-0000-0000-0000-000000000000')
