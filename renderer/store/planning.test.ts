import { describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { bytes, GiB, MiB } from '../../installer-core/base/bytes.ts'
import { recorded } from '../stories/recorded.ts'
import { plainChoices } from './page-state.ts'
import { offered, offerSpace, recompute, unsuitable } from './planning.ts'
import { sha256 } from './sha256.ts'

const release = offered(recorded.releases[0])
if (release === null) throw new Error('the recorded release cannot be used')

describe('space on the page', () => {
  it('offers limits that the plan keeps at both ends', () => {
    const { boot, data } = offerSpace(recorded.laptop, plainChoices, release)
    for (const size of [data?.least, data?.most]) {
      const { plan } = recompute(recorded.laptop, { ...plainChoices, dataSpace: bytes(size ?? 0) }, release)
      const made = plan?.steps.find((step) => step.kind === 'create-partition' && step.role === 'data')
      expect(made).toMatchObject({ size })
    }
    const smallest = recompute(
      recorded.laptop,
      { ...plainChoices, bootSpace: bytes(boot?.least ?? 0) },
      release,
    )
    expect(smallest.plan).not.toBeNull()
  })

  it('refuses what lies beyond its own limit', () => {
    const { data } = offerSpace(recorded.laptop, plainChoices, release)
    const beyond = { ...plainChoices, dataSpace: bytes((data?.most ?? 0) + 8 * GiB) }
    expect(recompute(recorded.laptop, beyond, release).plan).toBeNull()
  })

  it('keeps the slider between its limits whatever was chosen', () => {
    const { data } = offerSpace(recorded.laptop, { ...plainChoices, dataSpace: bytes(1 * MiB) }, release)
    expect(data?.value).toBe(data?.least)
  })
})

it('makes the very plan that was recorded from the engine', () => {
  expect(recompute(recorded.laptop, plainChoices, release).plan).toEqual(recorded.installPlan.plan)
})

it('finds what speaks against a release on a PC', () => {
  expect(unsuitable(recorded.laptop, release, plainChoices)).toEqual([])
  expect(unsuitable(recorded.bios, release, plainChoices).map((issue) => issue.id)).toContain('firmware-bios')
})

it('hashes as everybody else does', () => {
  for (const text of ['', 'abc', 'Grüße 春 '.repeat(500)])
    expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
})
