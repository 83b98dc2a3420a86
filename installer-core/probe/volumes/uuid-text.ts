import { toHex } from '../../base/guid.ts'

/** 16 bytes as a UUID in the order they stand (Linux file systems store UUIDs big-endian); '' when all are zero. */
export function uuidText(data: Uint8Array): string {
  const hex = toHex(data)
  return /^0*$/.test(hex) ? '' : hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
