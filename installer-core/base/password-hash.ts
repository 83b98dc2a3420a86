import { sha512 } from '@noble/hashes/sha2.js'
import { joinBytes } from './join-bytes.ts'

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Ten times what a login takes at least: slow for somebody who guesses, a moment for the one who types. */
const usualRounds = 50_000
const saltLength = 16

/** A salt for `hashPassword` from at least 16 random bytes. */
export function saltFrom(random: Uint8Array): string {
  if (random.length < saltLength) throw new RangeError('too little randomness for a salt')
  return [...random.subarray(0, saltLength)].map((byte) => alphabet[byte & 63]).join('')
}

/**
 * A salted password hash that every Linux login understands: sha512crypt, `$6$` (Ulrich Drepper, "Unix crypt using
 * SHA-256 and SHA-512", version 0.6). Nothing of the password but the hash leaves this function.
 */
export function hashPassword(password: string, salt: string, rounds = usualRounds): string {
  if (!/^[./0-9A-Za-z]{1,16}$/.test(salt)) throw new RangeError('not a salt')
  const key = new TextEncoder().encode(password)
  const saltBytes = new TextEncoder().encode(salt)
  const p = repeated(sha512(joinBytes(Array.from({ length: key.length }, () => key))), key.length)
  let digest = firstDigest(key, saltBytes)
  const s = repeated(
    sha512(joinBytes(Array.from({ length: 16 + (digest[0] ?? 0) }, () => saltBytes))),
    saltBytes.length,
  )
  for (let round = 0; round < rounds; round += 1)
    digest = sha512(
      joinBytes([
        round % 2 === 1 ? p : digest,
        ...(round % 3 === 0 ? [] : [s]),
        ...(round % 7 === 0 ? [] : [p]),
        round % 2 === 1 ? digest : p,
      ]),
    )
  return `$6$rounds=${rounds}$${salt}$${encode(digest)}`
}

/** Steps 1 to 12 of the specification. */
function firstDigest(key: Uint8Array, salt: Uint8Array): Uint8Array {
  const b = sha512(joinBytes([key, salt, key]))
  const parts = [key, salt, repeated(b, key.length)]
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? b : key)
  return sha512(joinBytes(parts))
}

/** The first `length` bytes of a block written again and again. */
function repeated(block: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => block[i % block.length] ?? 0)
}

/** The specification's own base 64: three bytes at a time, 21 apart, least significant digit first. */
function encode(digest: Uint8Array): string {
  const at = (i: number) => digest[i] ?? 0
  const digits = (value: number, count: number) =>
    Array.from({ length: count }, (_, i) => alphabet[(value >> (6 * i)) & 63]).join('')
  const groups = Array.from({ length: 21 }, (_, i) => {
    const three = [at(i), at(i + 21), at(i + 42)]
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map((k) => three[(k + i) % 3] ?? 0)
    return digits((x << 16) | (y << 8) | z, 4)
  })
  return groups.join('') + digits(at(63), 2)
}
