import { expect } from 'vitest'
import type { Result } from '../../base/result.ts'
import type { Work } from '../byte-view.ts'

/** How many mutated inputs each format gets: 100,000 in `npm test`, 1,000,000 in `npm run fuzz`. */
export const fuzzInputs = Number(process.env['BERTH_FUZZ_INPUTS'] ?? 100_000)

export interface FuzzTarget {
  readonly name: string
  readonly seeds: readonly Uint8Array[]
  /** Puts the checksums right after a mutation, so that the input gets past the first gate. Used on every second input. */
  readonly repair?: (data: Uint8Array) => void
  readonly parse: (data: Uint8Array, work: Work) => Result<unknown>
  /** The most work an input of `length` bytes may cost. */
  readonly bound: (length: number) => Work
}

/** A small seeded generator (mulberry32), so that a failure repeats. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Feeds mutated seeds to a parser: it must not throw, must name field and offset when it refuses, and stay in its bound. */
export function fuzz(target: FuzzTarget, inputs = fuzzInputs): { accepted: number; refused: number } {
  const random = seeded(0x42657274)
  const count = { accepted: 0, refused: 0 }
  for (let i = 0; i < inputs; i += 1) {
    const data = mutate(target.seeds[i % target.seeds.length] ?? new Uint8Array(), random)
    if (i % 2 === 1) target.repair?.(data)
    const work: Work = { bytes: 0, entries: 0 }
    const result = target.parse(data, work)
    const bound = target.bound(data.length)
    if (work.bytes > bound.bytes || work.entries > bound.entries)
      expect.fail(`${target.name} input ${i}: ${JSON.stringify(work)} over ${JSON.stringify(bound)}`)
    if (result.ok) count.accepted += 1
    else {
      count.refused += 1
      const { field, offset } = result.failure.facts
      if (typeof field !== 'string' || typeof offset !== 'number')
        expect.fail(`${target.name} input ${i}: ${JSON.stringify(result.failure)}`)
    }
  }
  expect(count.refused).toBeGreaterThan(0)
  return count
}

const interesting = [0, 1, 0x7f, 0x80, 0xff]

function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  const pick = (below: number) => Math.floor(random() * below)
  let data = seed.slice()
  if (random() < 0.1) data = data.slice(0, pick(data.length + 1))
  else if (random() < 0.05)
    data = Uint8Array.from([...data, ...Array.from({ length: pick(64) }, () => pick(256))])
  for (let changes = 1 + pick(4); changes > 0 && data.length > 0; changes -= 1) {
    // Most damage goes where the headers are.
    const at = random() < 0.7 ? pick(Math.min(data.length, 1024)) : pick(data.length)
    data[at] = random() < 0.5 ? (interesting[pick(interesting.length)] ?? 0) : pick(256)
  }
  return data
}
