/** Time, so that tests and reproducible builds can set it. */
export interface Clock {
  /** ISO 8601 in UTC with milliseconds. */
  now(): string
  /** Milliseconds from an arbitrary start, never going back. */
  monotonic(): number
}
