import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { FailureCode } from '../../base/failure-code.ts'
import { expectOk, type Result } from '../../base/result.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { makeSigner } from '../../system/release-signer.ts'
import { makeCutTestRelease, ringOf } from '../../system/testing/cut-test-release.ts'
import { folderReleaseSource } from './folder-release-source.ts'
import { openReleaseFolder } from './open-release-folder.ts'
import { verifyRelease } from '../../check/verify-release.ts'

const root = mkdtempSync(join(tmpdir(), 'berth-release-'))
afterAll(() => rmSync(root, { recursive: true }))

const signer = makeSigner('test', false, generateKeyPairSync('ed25519').privateKey)
const stranger = makeSigner('stranger', false, generateKeyPairSync('ed25519').privateKey)
const ring = ringOf(signer)
let folder = ''
const at = (name: string) => join(folder, name)
const loader = 'cut-test-1.0.0-x86_64.efi'

beforeEach(async () => {
  folder = mkdtempSync(join(root, 'r-'))
  await makeCutTestRelease(folder, { signer })
})

const open = () => openReleaseFolder(folder, ring)
const openAndVerify = async () => {
  const opened = await open()
  return opened.ok ? verifyRelease(opened.value) : opened
}
const expectRefusal = (result: Result<unknown>, code: FailureCode) =>
  expect(result).toMatchObject({ ok: false, failure: { code } })
const manifest = () => JSON.parse(readFileSync(at('release.json'), 'utf8')) as ReleaseManifest
function signAgain(change: (value: Record<string, unknown>) => void): void {
  const value = { ...manifest() } as unknown as Record<string, unknown>
  change(value)
  const text = new TextEncoder().encode(JSON.stringify(value))
  writeFileSync(at('release.json'), text)
  writeFileSync(at('release.json.sig'), JSON.stringify(signer.sign(text)))
}

describe('a release folder', () => {
  it('opens with its signer and gives the very bytes that were signed', async () => {
    const release = expectOk(await open())
    expect(release.signer).toEqual({ name: 'test', practiceOnly: false })
    expect(release.manifest.needs.bootSpace).toBe(1024 * 1024)
    const [file] = release.manifest.files
    const source = expectOk(await release.openFile(file!))
    const pieces: Uint8Array[] = []
    for (let piece = expectOk(await source.next()); piece !== null; piece = expectOk(await source.next()))
      pieces.push(piece.slice())
    await source.close()
    expect(Buffer.concat(pieces).equals(readFileSync(at(loader)))).toBe(true)
    const told: number[] = []
    expectOk(await verifyRelease(release, (done, total) => told.push(done / total)))
    expect(told.at(-1)).toBe(1)
  })

  it('is listed and opened by its id', async () => {
    const releases = mkdtempSync(join(root, 'all-'))
    renameSync(folder, join(releases, 'cut-test-1.0.0-x86_64'))
    const source = folderReleaseSource(releases, ring)
    const ids = expectOk(await source.list())
    expect(ids).toEqual(['cut-test-1.0.0-x86_64'])
    expect(expectOk(await source.open(ids[0]!)).manifest.version).toBe('1.0.0')
    renameSync(join(releases, ids[0]!), join(releases, 'other-2.0-x86_64'))
    expectRefusal(await source.open('other-2.0-x86_64' as ReleaseId), 'release-altered')
    expect(expectOk(await folderReleaseSource(join(releases, 'absent'), ring).list())).toEqual([])
  })

  it('stops reading when it is asked to', async () => {
    const release = expectOk(await open())
    expectRefusal(await verifyRelease(release, undefined, { requested: true }), 'cancelled')
  })
})

describe('a release is refused', () => {
  it('when it is not there', async () => {
    expectRefusal(await openReleaseFolder(join(root, 'absent'), ring), 'release-not-found')
  })

  it('when it is unsigned', async () => {
    rmSync(at('release.json.sig'))
    expectRefusal(await open(), 'release-unsigned')
  })

  it('when a key signed it that is not in the ring', async () => {
    writeFileSync(at('release.json.sig'), JSON.stringify(stranger.sign(readFileSync(at('release.json')))))
    expectRefusal(await open(), 'release-key-unknown')
  })

  it('when a stranger signed it under the name of a known key', async () => {
    const forged = { ...stranger.sign(readFileSync(at('release.json'))), publicKey: signer.key.publicKey }
    writeFileSync(at('release.json.sig'), JSON.stringify(forged))
    expectRefusal(await open(), 'release-altered')
  })

  it('when any single byte of its manifest differs', async () => {
    const original = readFileSync(at('release.json'))
    for (let i = 0; i < original.length; i += 1) {
      const changed = Uint8Array.from(original)
      changed[i] = changed[i]! ^ 0x20
      writeFileSync(at('release.json'), changed)
      expectRefusal(await open(), 'release-altered')
    }
  })

  it('when its manifest was extended or is missing', async () => {
    appendFileSync(at('release.json'), ' ')
    expectRefusal(await open(), 'release-altered')
    rmSync(at('release.json'))
    expectRefusal(await open(), 'release-incomplete')
  })

  it('when its signature is no signature', async () => {
    for (const text of ['', 'x', '{}', '"'.repeat(5000)]) {
      writeFileSync(at('release.json.sig'), text)
      expectRefusal(await open(), 'release-altered')
    }
  })

  it('when a file is cut short, missing, longer, changed, or a link', async () => {
    const original = readFileSync(at(loader))
    const attempts: readonly (readonly [FailureCode, () => void])[] = [
      ['release-incomplete', () => truncateSync(at(loader), original.length - 1)],
      ['release-incomplete', () => rmSync(at(loader))],
      ['release-altered', () => appendFileSync(at(loader), 'x')],
      [
        'release-altered',
        () =>
          writeFileSync(
            at(loader),
            Uint8Array.from(original, (b, i) => (i === 99 ? b ^ 1 : b)),
          ),
      ],
      ['release-altered', () => linkElsewhere()],
    ]
    for (const [code, damage] of attempts) {
      rmSync(at(loader), { force: true })
      writeFileSync(at(loader), original)
      expectOk(await openAndVerify())
      damage()
      expectRefusal(await openAndVerify(), code)
    }
  })

  function linkElsewhere(): void {
    renameSync(at(loader), at('elsewhere'))
    symlinkSync('elsewhere', at(loader))
  }

  it('at the end of the stream when a byte changes under the reader', async () => {
    const release = expectOk(await open())
    const source = expectOk(await release.openFile(release.manifest.files[0]!))
    expectOk(await source.next())
    writeFileSync(at(loader), new Uint8Array(readFileSync(at(loader)).length - 1))
    const ended = await source.next()
    expect(ended).toEqual(await source.next())
    await source.close()
    const again = expectOk(await open())
    expectRefusal(await verifyRelease(again), 'release-incomplete')
  })

  it('when its key signed something that is not a manifest of this kind', async () => {
    const cases: readonly ((value: Record<string, unknown>) => void)[] = [
      (value) => (value['schema'] = 'berth/release/9'),
      (value) => (value['extra'] = true),
      (value) => (value['loader'] = '/EFI/Berth/other.efi'),
      (value) => (value['files'] = [...manifest().files, ...manifest().files]),
      (value) => (value['files'] = manifest().files.map((file) => ({ ...file, path: '/EFI/../x.efi' }))),
      (value) => (value['files'] = manifest().files.map((file) => ({ ...file, source: '../x' }))),
      (value) => (value['files'] = manifest().files.map((file) => ({ ...file, source: '..' }))),
    ]
    for (const change of cases) {
      await makeCutTestRelease(folder, { signer })
      signAgain(change)
      expectRefusal(await open(), 'malformed')
    }
    await makeCutTestRelease(folder, { signer })
    signAgain((value) => (value['files'] = manifest().files.map((file) => ({ ...file, size: 2 ** 32 }))))
    expectRefusal(await open(), 'too-large')

    await makeCutTestRelease(folder, { signer })
    signAgain((value) => Object.assign(value['needs'] as object, { wings: 2 }))
    expect(await open()).toMatchObject({
      failure: { facts: { field: 'needs.wings', required: 'a key that this Berth knows' } },
    })
  })
})
