import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loseEntryAndFile } from '../adapters/testing/lose-entry-and-file.ts'
import { expectOk } from '../base/result.ts'
import { newPracticePc } from '../practice/new-pc.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { schemas } from './schemas.ts'
import { marksOf } from './testing/practice-marks.ts'
import { faces, runBerth } from './testing/run-berth.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-repair-'))
const release = join(folder, 'release')
const otherRelease = join(folder, 'other-release')
const lostFile = '/EFI/Berth/cut-test-1.0.0-x86_64.txt'
const env = { BERTH_KEYS: join(folder, 'keys'), BERTH_CACHE: join(folder, 'cache'), BERTH_RELEASES: folder }

beforeAll(async () => {
  const signer = expectOk(await developmentSigner(join(env.BERTH_KEYS, 'dev-key.pem')))
  await makeCutTestRelease(release, { signer })
  await makeCutTestRelease(otherRelease, { signer, version: '2.0.0' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(faces)('repair from $name', (face) => {
  const berth = (args: readonly string[]) => runBerth(face, args, { env })
  const path = join(folder, `pc-${face.name}`)
  const target = (from = release) => ['--pc', path, '--release', from]
  const status = () => berth(['status', '--pc', path, '--json'])
  const ids = (document: Record<string, unknown>, list: string) =>
    (document[list] as readonly { readonly id: string }[]).map(({ id }) => id)

  it('says what is not as it was made, repairs it from the very release, and undoes it all the same', async () => {
    expectOk(await newPracticePc(path, { like: 'windows-gap', unstarted: true }))
    const fingerprint = String((await berth(['plan', ...target(), '--json'])).document()['fingerprint'])
    expect((await berth(['install', ...target(), '--yes', fingerprint])).exit).toBe(0)
    expect(await status()).toMatchObject({ exit: 0 })
    expect((await berth(['switch', '--cancel', '--pc', path])).out).toContain('Taken back.')
    expect((await status()).document()).toMatchObject({ state: 'trial', next: null, findings: [] })
    expect((await berth(['switch', 'berth', '--cancel', '--pc', path])).exit).toBe(2)
    expect((await berth(['switch', '--pc', path])).exit).toBe(2)
    await loseEntryAndFile(path, lostFile)
    const found = await status()
    expect(found.exit).toBe(3)
    expect(schemas['status']?.safeParse(found.document()).error?.message).toBeUndefined()
    expect(ids(found.document(), 'findings')).toEqual(['berth-file-missing', 'berth-entry-missing'])
    expect((await berth(['status', '--pc', path])).out).toContain('Mind  A file of the new system is missing')
    const marks = marksOf(path)
    const without = await berth(['repair', '--pc', path, '--yes', '--json'])
    expect(without.exit).toBe(3)
    expect(ids(without.document(), 'issues')[0]).toBe('repair-needs-release')
    expect((await berth(['repair', ...target(), '--yes', '0'.repeat(64)])).exit).toBe(3)
    expect((await berth(['repair', ...target(otherRelease), '--yes'])).exit).toBe(3)
    expect(marksOf(path)).toBe(marks)
    const repaired = await berth(['repair', ...target(), '--yes', '--json'])
    expect(repaired.exit).toBe(0)
    expect(repaired.document()).toMatchObject({ outcome: 'repaired', goal: 'repair' })
    expect(schemas['report']?.safeParse(repaired.document()).error?.message).toBeUndefined()
    expect((await status()).document()).toMatchObject({ findings: [] })
    expect((await berth(['repair', '--pc', path, '--yes'])).out).toContain('There was nothing to do.')
    expect((await berth(['undo', '--pc', path, '--yes'])).out).toContain('The PC is as it was before.')
    expect((await berth(['repair', '--pc', path, '--yes'])).exit).toBe(3)
  })
})
