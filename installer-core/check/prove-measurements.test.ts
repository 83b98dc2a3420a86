import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { expectOk } from '../base/result.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { developmentSigner, type ReleaseSigner } from '../system/release-signer.ts'
import { ringOf } from '../system/testing/cut-test-release.ts'
import { makeMeasuredRelease, testUki } from '../system/testing/measured-release.ts'
import { predictMeasurements, proveMeasurements } from './prove-measurements.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-measured-'))
let signer: ReleaseSigner

beforeAll(async () => {
  signer = expectOk(await developmentSigner(join(folder, 'key.pem')))
})
afterAll(() => rmSync(folder, { recursive: true }))

const predicted = (image: Uint8Array, phases: readonly string[] = []) =>
  expectOk(predictMeasurements(image, nodeHasher, phases))

/** A validly signed release with this loader that claims these measurements. */
async function release(name: string, measurements: ReleaseManifest['measurements']) {
  const { folder: made } = await makeMeasuredRelease(
    join(folder, name),
    testUki('quiet'),
    measurements,
    signer,
  )
  return expectOk(await openReleaseFolder(made, ringOf(signer)))
}

describe('what a release says of PCR 11', () => {
  it('is proven by its loader, with the phases that its system measures', async () => {
    const claimed = predicted(testUki('quiet'), ['sysinit', 'ready'])
    expect(claimed.pcr11.map(({ phases }) => phases)).toEqual([[], ['sysinit'], ['sysinit', 'ready']])
    const opened = await release('right', claimed)
    expect(opened.manifest.measurements).toEqual(claimed)
    expectOk(await proveMeasurements(opened, nodeHasher))
  })

  it('is refused when it is of another command line, or one phase is another', async () => {
    const other = await release('other', predicted(testUki('quiet init=/bin/sh')))
    const right = predicted(testUki('quiet')).pcr11.at(0)?.sha256
    expect(await proveMeasurements(other, nodeHasher)).toMatchObject({
      ok: false,
      failure: { code: 'release-altered', facts: { found: right } },
    })
    const [before, after] = predicted(testUki('quiet'), ['sysinit']).pcr11
    const phase = await release('phase', { pcr11: [before!, { ...after!, phases: ['ready'] }] })
    expect(await proveMeasurements(phase, nodeHasher)).toMatchObject({ failure: { code: 'release-altered' } })
  })

  it('need not be said: such a release is as valid as before, and its manifest has no word of it', async () => {
    const opened = await release('silent', undefined)
    expectOk(await proveMeasurements(opened, nodeHasher))
    expect(readFileSync(join(folder, 'silent/release.json'), 'utf8')).not.toContain('measurements')
  })
})
