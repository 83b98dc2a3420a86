import { setTimeout as wait } from 'node:timers/promises'
import { ok, type Result } from '../../base/result.ts'
import { ioFailure } from '../disk-image/io-failure.ts'

const attempts = 5

/**
 * Does a call of the system, and does it again when a signal interrupted it (EINTR, and EAGAIN where the kernel asks a
 * reader of firmware variables to come back later); `interrupted-call` when that happens five times running.
 */
export async function again<T>(call: () => T): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return ok(call())
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      const mayPass = code === 'EINTR' || code === 'EAGAIN'
      if (!mayPass || attempt === attempts) return ioFailure(error, 'call', 'firmware variables')
      await wait(20 * attempt)
    }
  }
}
