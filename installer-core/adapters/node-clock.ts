import type { Clock } from '../ports/clock.ts'

/** The computer's clock. */
export const nodeClock: Clock = {
  now: () => new Date().toISOString(),
  monotonic: () => performance.now(),
}
