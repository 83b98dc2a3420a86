/** A whole number from 0 up to and without `below`. */
export type Choose = (below: number) => number

/** The same choices for the same seed (xorshift32, Marsaglia 2003). */
export function seededChooser(seed: number): Choose {
  let state = (seed * 0x9e3779b1) | 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
