import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { proveMeasurements } from '../check/prove-measurements.ts'
import { verifyRelease } from '../check/verify-release.ts'
import { MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { findSection, parsePe, sectionData } from '../formats/pe/parse-pe.ts'
import { runForeign } from '../formats/testing/foreign-tools.ts'
import { buildMinimal } from './build-minimal.ts'
import type { BuiltRelease } from './make-release.ts'
import { makeSigner } from './release-signer.ts'
import { ringOf } from './testing/cut-test-release.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-build-'))
const signer = makeSigner('test', true, generateKeyPairSync('ed25519').privateKey)
let built: BuiltRelease
let uki: Uint8Array

beforeAll(async () => {
  built = expectOk(await buildMinimal({ out: join(folder, 'one'), version: '1.2.3', signer }))
  uki = new Uint8Array(readFileSync(join(built.folder, built.manifest.files[0]!.source)))
})
afterAll(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

describe('the minimal system', () => {
  it('is a signed release that verifies', async () => {
    const release = expectOk(await openReleaseFolder(built.folder, ringOf(signer)))
    expectOk(await verifyRelease(release))
    expect(release.manifest.measurements?.pcr11).toMatchObject([{ phases: [] }])
    expectOk(await proveMeasurements(release, nodeHasher))
    expect(release.manifest).toEqual(built.manifest)
    expect(release.manifest).toMatchObject({ id: 'minimal-1.2.3-x86_64', practiceOnly: true })
    const { needs, files } = release.manifest
    expect(needs.reserve).toBe(64 * MiB)
    expect(needs.bootSpace).toBeGreaterThanOrEqual(2 * files[0]!.size)
    expect(files[0]!.size).toBeLessThanOrEqual(16_000_000)
  })

  it('is a UKI that says its release, and whose .sbat is in the manifest', () => {
    const image = expectOk(parsePe(uki))
    const text = (name: string) =>
      new TextDecoder().decode(sectionData(uki, findSection(image, name)!)).replace(/\0+$/, '')
    expect(text('.osrel')).toContain('VERSION_ID=1.2.3')
    expect(text('.cmdline')).toContain('panic=10')
    expect(text('.uname')).toMatch(/^\d+\.\d+\./)
    expect(text('.sbat')).toBe(built.manifest.secureBoot.sbat)
    expect(text('.initrd')).toContain("BERTH_RELEASE='minimal-1.2.3-x86_64'")
  })

  it('is read by ukify as it was meant', () => {
    const file = join(built.folder, built.manifest.files[0]!.source)
    const seen = JSON.parse(runForeign('ukify', ['--json=short', 'inspect', file])) as Record<
      string,
      { size: number }
    >
    expect(Object.keys(seen)).toEqual(
      expect.arrayContaining(['.osrel', '.cmdline', '.initrd', '.linux', '.uname', '.sbat']),
    )
  })

  it('names the packages it was made of', () => {
    const { packages } = JSON.parse(readFileSync(join(built.folder, 'sources.json'), 'utf8')) as {
      packages: { name: string; version: string; sha256: string }[]
    }
    expect(packages.map((used) => used.name)).toEqual([
      expect.stringMatching(/^linux-image-.*-cloud-amd64$/) as string,
      'busybox-static',
      'sash',
      'systemd-boot-efi',
    ])
    for (const used of packages) expect(used.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the same to the byte in another folder, a day later, under another umask', async () => {
    const umask = process.umask(0o077)
    vi.useFakeTimers({ now: Date.now() + 86_400_000, toFake: ['Date'] })
    try {
      const out = join(folder, 'a/deeper', 'two')
      expectOk(await buildMinimal({ out, version: '1.2.3', signer }))
      expect(readdirSync(out).sort()).toEqual(readdirSync(built.folder).sort())
      for (const name of readdirSync(out))
        expect(readFileSync(join(out, name)).equals(readFileSync(join(built.folder, name))), name).toBe(true)
      expect(statSync(join(out, 'release.json')).mode & 0o077).toBe(0)
    } finally {
      vi.useRealTimers()
      process.umask(umask)
    }
  })
})
