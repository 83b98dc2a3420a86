import { maxFrameBytes } from '../shared/frames.ts'

/** A JSON-RPC 2.0 object, seen as far as the shell looks: who is meant is the engine's and the page's business. */
export interface JsonFrame {
  readonly jsonrpc: '2.0'
  readonly id?: string | number | null
  readonly method?: string
  readonly params?: unknown
}

/** The frame in a text; null when it is too long, no JSON, or no JSON-RPC 2.0. Batches are none of the contract's. */
export function parseFrame(text: unknown): JsonFrame | null {
  if (typeof text !== 'string' || Buffer.byteLength(text) > maxFrameBytes) return null
  try {
    const value: unknown = JSON.parse(text)
    return isFrame(value) ? value : null
  } catch {
    return null
  }
}

function isFrame(value: unknown): value is JsonFrame {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { jsonrpc, id, method } = value as Record<string, unknown>
  const idFits = id === undefined || id === null || typeof id === 'string' || typeof id === 'number'
  return jsonrpc === '2.0' && idFits && (method === undefined || typeof method === 'string')
}
