import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { expectOk } from '../base/result.ts'
import { predictMeasurements } from '../check/prove-measurements.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeMeasuredRelease, testUki } from '../system/testing/measured-release.ts'
import { faces, runBerth } from './testing/run-berth.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-system-'))
const env = { BERTH_KEYS: join(folder, 'keys'), BERTH_CACHE: join(folder, 'cache') }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const predicted = (commandLine: string) =>
  expectOk(predictMeasurements(testUki(commandLine), nodeHasher, ['sysinit']))

describe.each(faces)('berth system verify from $name', (face) => {
  const verify = async (release: string) => runBerth(face, ['system', 'verify', release, '--json'], { env })
  const make = async (name: string, claimed: string) => {
    const signer = expectOk(await developmentSigner(join(env.BERTH_KEYS, 'dev-key.pem')))
    const out = join(folder, `${face.name}-${name}`)
    return makeMeasuredRelease(out, testUki('quiet'), predicted(claimed), signer)
  }

  it('says what a TPM will tell of a release that is whole', async () => {
    const { folder: release, manifest } = await make('whole', 'quiet')
    const said = await verify(release)
    expect(said.exit).toBe(0)
    expect(said.document()).toEqual(manifest)
    const [first, second] = predicted('quiet').pcr11
    const plain = await runBerth(face, ['system', 'verify', release], { env })
    expect(plain.out).toContain(`PCR 11, SHA-256: ${first?.sha256}`)
    expect(plain.out).toContain(`PCR 11, SHA-256, sysinit: ${second?.sha256}`)
  })

  it('refuses one that is signed and claims what its loader does not give', async () => {
    const { folder: release } = await make('claims', 'quiet init=/bin/sh')
    const said = await verify(release)
    expect(said.exit).toBe(3)
    expect(said.document()).toMatchObject({
      code: 'release-altered',
      facts: { found: predicted('quiet').pcr11.at(0)?.sha256 },
    })
  })

  it('refuses one whose loader has another byte', async () => {
    const { folder: release, manifest } = await make('byte', 'quiet')
    const file = join(release, manifest.files[0]!.source)
    const data = readFileSync(file)
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1
    writeFileSync(file, data)
    const said = await verify(release)
    expect(said.exit).toBe(3)
    expect(said.document()).toMatchObject({ code: 'release-altered' })
  })
})
