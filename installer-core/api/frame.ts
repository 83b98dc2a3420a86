/** What a frame says: an object, something that is JSON but no object, or no JSON at all. */
export type ParsedFrame =
  | { readonly kind: 'object'; readonly value: object }
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed' }

/** Reads a frame. Never throws. A list of messages (JSON-RPC's batch) is no part of the contract. */
export function parseFrame(frame: string): ParsedFrame {
  try {
    const value: unknown = JSON.parse(frame)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { kind: 'object', value } : { kind: 'other' }
  } catch {
    return { kind: 'malformed' }
  }
}
