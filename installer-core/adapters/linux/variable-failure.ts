import type { Bytes } from '../../base/bytes.ts'
import type { Failure } from '../../base/failure.ts'
import { fail, type Err, type Result } from '../../base/result.ts'

/**
 * What an error of efivarfs means (the kernel turns EFI_STATUS into it, UEFI 2.10, 8.2): no room beyond the reserve, a
 * store that must not be written, one that a rule of the firmware protects. Everything else stays what it is.
 */
export function variableFailure(
  failure: Failure,
  name: string,
  free: Result<Bytes | null>,
  required: number,
): Err {
  const error = failure.facts['error'] ?? null
  const more = { cause: failure }
  switch (error) {
    case 'ENOSPC':
      return fail('firmware-store-full', { required, found: free.ok ? free.value : null }, more)
    case 'EROFS':
      return fail('read-only', { what: name, where: 'firmware variables' }, more)
    case 'EACCES':
    case 'EPERM':
      return fail('firmware-access-denied', { what: name }, more)
    case 'EIO':
    case 'EINVAL':
      return fail('io-failed', { what: name, where: 'firmware variables', error }, more)
    default:
      return { ok: false, failure }
  }
}
