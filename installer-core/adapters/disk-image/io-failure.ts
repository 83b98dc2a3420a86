import type { FailureCode } from '../../base/failure-code.ts'
import { fail, type Err, type Result } from '../../base/result.ts'

const codes: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EIO: 'io-failed',
  EINTR: 'interrupted-call',
  EROFS: 'read-only',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  ENOENT: 'not-found',
  EEXIST: 'already-exists',
  EBUSY: 'busy',
  ETXTBSY: 'busy',
  EFBIG: 'too-large',
}

/** The failure that an error of the operating system stands for; facts `what`, `where` and the system's own `error`. */
export function ioFailure(error: unknown, what: string, where: string): Err {
  const system = error instanceof Error && 'code' in error ? String(error.code) : null
  if (system === null) throw error
  return fail(codes[system] ?? 'io-failed', { what, where, error: system })
}

/** Does `work`; an error of the operating system in it becomes a failure. */
export function attempt<T>(what: string, where: string, work: () => Result<T>): Result<T> {
  try {
    return work()
  } catch (error) {
    return ioFailure(error, what, where)
  }
}
