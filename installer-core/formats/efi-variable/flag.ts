import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'

/**
 * Reads a variable that is one byte, 0 or 1: SecureBoot, SetupMode, AuditMode (UEFI 2.10, 3.3). Null when it is there
 * but empty, as some firmware leaves it; malformed for anything else.
 */
export function parseFlag(data: Uint8Array, work?: Work): Result<boolean | null> {
  return parseWith(
    'flag',
    data,
    (view: ByteView) => {
      view.require(view.length <= 1, 'length', 0, '1 or 0', view.length)
      if (view.length === 0) return null
      const value = view.u8(0, 'value')
      view.require(value <= 1, 'value', 0, '0 or 1', value)
      return value === 1
    },
    work,
  )
}
