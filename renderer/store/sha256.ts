import { sha256 as digest } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()

/** SHA-256 of UTF-8 text as hex, at once: a plan is made within one frame, and the browser's own answers later. */
export function sha256(text: string): string {
  return Array.from(digest(encoder.encode(text)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
