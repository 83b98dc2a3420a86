import type { Clock } from '../ports/clock.ts'

/** Bytes per second, and seconds left; null until there is something to tell from. */
export interface Rate {
  readonly rate: number | null
  readonly secondsLeft: number | null
}

interface Sample {
  readonly at: number
  readonly done: number
}

/** How far back the rate looks, and how often progress is told at most; in milliseconds. */
const window = 5000
const between = 200

/** Turns bytes done into a rate over the last seconds and the time left. One meter for one step. */
export class RateMeter {
  readonly #clock: Clock
  #samples: Sample[] = []
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Null when it is too soon to tell again; the end is always told. */
  tell(done: number, total: number): Rate | null {
    const at = this.#clock.monotonic()
    this.#samples.push({ at, done })
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > window) this.#samples.shift()
    if (done < total && at - this.#toldAt < between) return null
    this.#toldAt = at
    const first = this.#samples[0] ?? { at, done }
    const seconds = (at - first.at) / 1000
    if (seconds <= 0 || done <= first.done) return { rate: null, secondsLeft: null }
    const rate = (done - first.done) / seconds
    return { rate, secondsLeft: Math.max(0, total - done) / rate }
  }
}
