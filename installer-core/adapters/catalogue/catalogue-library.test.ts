import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FailureCode } from '../../base/failure-code.ts'
import { expectOk, type Result } from '../../base/result.ts'
import type { Catalogue, CatalogueTimestamp } from '../../model/catalogue.ts'
import { verifyRelease } from '../../check/verify-release.ts'
import { describeFailure } from '../../text/failures.ts'
import { catalogueFolder } from './catalogue-folder.ts'
import { catalogueReleaseSource } from './catalogue-release-source.ts'
import { openCatalogueSource } from './open-catalogue-source.ts'
import { findSticks } from './find-sticks.ts'
import { catalogueKit, filesBelow, inDays, today, type CatalogueKit } from './testing/catalogue-kit.ts'

let kit: CatalogueKit
beforeEach(async () => {
  kit = await catalogueKit()
})
afterEach(() => kit.remove())

const fetch = (now = today) => kit.library(now).fetch([kit.published], true)
/** Refused, in words that name the fact, and nothing but what was believed before is remembered. */
async function expectRefused(work: Promise<Result<unknown>>, code: FailureCode): Promise<void> {
  const result = await work
  expect(result).toMatchObject({ ok: false, failure: { code } })
  if (result.ok) return
  const { message, remedy } = describeFailure(result.failure)
  expect(`${message} ${remedy}`).not.toContain('?:')
  expect(message).not.toMatch(/\{|\bundefined\b|NaN/)
}
const releases = (now = today) =>
  catalogueReleaseSource({
    folder: catalogueFolder(kit.cache),
    anchors: () => kit.anchors(),
    ring: kit.ring,
    clock: { now: () => now, monotonic: () => 0 },
  })

describe('a catalogue in a folder', () => {
  it('is fetched, remembered and used without its source', async () => {
    const fetched = expectOk(await fetch())
    expect(fetched.catalogue.releases.map(({ id }) => id)).toEqual([kit.id])
    renameSync(kit.published, `${kit.published}-away`)
    const [remembered] = expectOk(kit.library().remembered())
    expect(remembered?.catalogue).toEqual(fetched.catalogue)
    expect(remembered?.fetched).toBe(today)
    const release = expectOk(await releases().open(kit.id))
    expect(release.offer).toMatchObject({
      missing: 9 * 1024 * 1024,
      about: { de: 'Nur für Tests.' },
      picture: { alt: { en: 'Nothing' } },
    })
    // Its files were not fetched yet, and there is nowhere to fetch them from.
    expect(await verifyRelease(release)).toMatchObject({ ok: false })
  })

  it('gives releases whose files are fetched while they are read, and only once', async () => {
    expectOk(await fetch())
    const release = expectOk(await releases().open(kit.id))
    const told: number[] = []
    expectOk(await verifyRelease(release, (done, total) => told.push(done / total)))
    expect(told.at(-1)).toBe(1)
    expect(told.length).toBeGreaterThan(2)
    renameSync(kit.published, `${kit.published}-away`)
    const again = expectOk(await releases().open(kit.id))
    expect(again.offer?.missing).toBe(0)
    expectOk(await verifyRelease(again))
  })

  it('is looked at without being kept', async () => {
    expectOk(await kit.library().fetch([kit.published], false))
    expect(expectOk(kit.library().remembered())).toEqual([])
    expect(filesBelow(kit.cache)).toEqual([])
  })

  it('is found on a stick, also one with a blank in its name', () => {
    const stick = join(kit.root, 'run/media/anna/MY STICK')
    mkdirSync(stick, { recursive: true })
    cpSync(kit.published, join(stick, 'berth-catalogue'), { recursive: true })
    expect(findSticks('/dev/sdb1 /media/none vfat rw 0 0\n')).toEqual([])
    // The mount table names places below /media, /run/media and /mnt only.
    expect(findSticks(`/dev/sdb1 ${stick.replaceAll(' ', '\\040')} vfat rw 0 0\n`)).toEqual([])
    symlinkSync(stick, `/mnt/berth-test-${process.pid}`)
    try {
      expect(findSticks(`/dev/sdb1 /mnt/berth-test-${process.pid} vfat rw 0 0\n`)).toEqual([
        `/mnt/berth-test-${process.pid}/berth-catalogue`,
      ])
    } finally {
      rmSync(`/mnt/berth-test-${process.pid}`)
    }
  })

  it('follows its keys when they are exchanged, root included', async () => {
    expectOk(await fetch())
    await kit.publish(today, undefined, ['timestamp'])
    expectOk(await fetch())
    await kit.publish(today, undefined, ['root', 'catalogue'])
    await kit.publish()
    expect(expectOk(await fetch()).catalogue.version).toBe(4)
    // Without its root documents the new keys are nobody's.
    rmSync(join(kit.published, 'root'), { recursive: true })
    rmSync(kit.cache, { recursive: true })
    await expectRefused(fetch(), 'catalogue-altered')
  })
})

describe('a catalogue is refused', () => {
  it('where there is none', async () => {
    await expectRefused(kit.library().fetch([join(kit.root, 'nowhere')], true), 'catalogue-not-found')
    await expectRefused(kit.library().fetch(['usb'], true), 'catalogue-not-found')
  })

  it('by somebody unknown', async () => {
    rmSync(kit.keys, { recursive: true })
    await expectRefused(fetch(), 'catalogue-key-unknown')
  })

  it.each(['catalogue', 'timestamp'] as const)('when %s.json was signed by another role', async (name) => {
    await kit.forge(name, (signed) => signed, 'root')
    await expectRefused(fetch(), 'catalogue-altered')
  })

  it.each(['timestamp.json', 'catalogue.json'])('when %s was cut short', async (name) => {
    truncateSync(join(kit.published, name), 300)
    await expectRefused(fetch(), name === 'timestamp.json' ? 'malformed' : 'source-cut-short')
  })

  it('when a byte of it changed, or one was added', async () => {
    const path = join(kit.published, 'catalogue.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('For tests only.', 'For tests Only.'))
    await expectRefused(fetch(), 'catalogue-altered')
    writeFileSync(path, `${text} `)
    await expectRefused(fetch(), 'source-endless')
  })

  it('when it is older than one that was seen, also under a new timestamp', async () => {
    const before = readFileSync(join(kit.published, 'catalogue.json'))
    const stampBefore = readFileSync(join(kit.published, 'timestamp.json'))
    await kit.publish()
    expectOk(await fetch())
    const kept = filesBelow(kit.cache).map((path) => readFileSync(path, 'hex'))
    writeFileSync(join(kit.published, 'catalogue.json'), before)
    writeFileSync(join(kit.published, 'timestamp.json'), stampBefore)
    await expectRefused(fetch(), 'catalogue-rolled-back')
    await kit.forge<CatalogueTimestamp>('timestamp', (stamp) => ({ ...stamp, version: 9 }))
    await expectRefused(fetch(), 'catalogue-rolled-back')
    expect(filesBelow(kit.cache).map((path) => readFileSync(path, 'hex'))).toEqual(kept)
  })

  it('when it is served for longer than its timestamp is good for', async () => {
    expectOk(await fetch(inDays(13)))
    await expectRefused(fetch(inDays(14)), 'catalogue-expired')
  })

  it('when it is remembered for longer than it is good for, and its releases then say so', async () => {
    expectOk(await fetch())
    expectOk(kit.library(inDays(89)).remembered())
    expect(kit.library(inDays(91)).remembered()).toMatchObject({
      ok: false,
      failure: { code: 'catalogue-expired' },
    })
    expect(expectOk(await releases(inDays(91)).list())).toEqual([kit.id])
    await expectRefused(releases(inDays(91)).open(kit.id), 'catalogue-expired')
  })

  it('when its root has expired', async () => {
    await expectRefused(fetch(inDays(400)), 'catalogue-expired')
  })

  it.each([
    ['../../../etc/passwd', 'a way upwards'],
    ['/etc/passwd', 'a place of its own'],
    ['..', 'a way upwards alone'],
    ['a\\..\\b', "Windows' way upwards"],
    ['release.json', "the manifest's name"],
  ])('when a file in it is called %s', async (source) => {
    await kit.forge<Catalogue>('catalogue', (catalogue) => withFile(catalogue, { source }))
    await restamp()
    await expectRefused(fetch(), 'malformed')
  })

  it('when a release in it is called like a way upwards', async () => {
    await kit.forge<Catalogue>('catalogue', (catalogue) => ({
      ...catalogue,
      releases: catalogue.releases.map((release) => ({ ...release, id: '../../evil' as never })),
    }))
    await restamp()
    await expectRefused(fetch(), 'malformed')
  })

  it('when it says of a file what the release does not', async () => {
    await kit.forge<Catalogue>('catalogue', (catalogue) =>
      withFile(catalogue, { size: 5 as never, pieces: ['0'.repeat(64)] }),
    )
    await restamp()
    expectOk(await fetch())
    await expectRefused(releases().open(kit.id), 'release-altered')
  })

  it('when what it names as a release is signed by nobody known', async () => {
    expectOk(await fetch())
    const strangers = catalogueReleaseSource({
      folder: catalogueFolder(kit.cache),
      anchors: () => kit.anchors(),
      ring: { schema: 'berth/keys/1', keys: [] },
      clock: { now: () => today, monotonic: () => 0 },
    })
    await expectRefused(strangers.open(kit.id), 'release-key-unknown')
  })

  const withFile = (
    catalogue: Catalogue,
    change: Partial<Catalogue['releases'][0]['files'][0]>,
  ): Catalogue => ({
    ...catalogue,
    releases: catalogue.releases.map((release) => ({
      ...release,
      files: release.files.map((file, i) => (i === 0 ? { ...file, ...change } : file)),
    })),
  })
  /** A timestamp that fits the forged catalogue: whoever holds the keys is not believed everything either. */
  async function restamp(): Promise<void> {
    const { createHash } = await import('node:crypto')
    const data = readFileSync(join(kit.published, 'catalogue.json'))
    const sha256 = createHash('sha256').update(data).digest('hex')
    await kit.forge<CatalogueTimestamp>('timestamp', (stamp) => ({
      ...stamp,
      catalogue: { ...stamp.catalogue, size: data.length as never, sha256 },
    }))
  }
})

describe('a source is refused', () => {
  it.each([
    'http://example.org/',
    'ftp://127.0.0.1/',
    'file:///etc/',
    'https://user:secret@example.org/',
    'https://example.org/?a=b',
    'https://',
  ])('at %s, and no secret of it is said', (name) => {
    const opened = openCatalogueSource(name)
    expect(opened).toMatchObject({ ok: false, failure: { code: 'source-refused' } })
    expect(JSON.stringify(opened)).not.toContain('secret')
  })

  it('when a folder stands where a file should', async () => {
    rmSync(join(kit.published, 'timestamp.json'))
    mkdirSync(join(kit.published, 'timestamp.json'))
    expect((await fetch()).ok).toBe(false)
  })
})

describe('the cache', () => {
  it('holds everything that is written, and nothing is written elsewhere', async () => {
    const before = filesBelow(kit.root, kit.cache)
    expectOk(await fetch())
    expectOk(await verifyRelease(expectOk(await releases().open(kit.id))))
    expect(filesBelow(kit.root, kit.cache)).toEqual(before)
    expect(
      filesBelow(kit.cache).map((path) => path.slice(kit.cache.length + 1).replace(/[0-9a-f]{32,64}/, 'HEX')),
    ).toEqual(expect.arrayContaining(['files/HEX', 'trust/HEX/catalogue.json', 'trust/HEX/timestamp.json']))
  })

  it('drops what was not used for longest, and refuses what does not fit at all', async () => {
    const { store } = catalogueFolder(kit.cache, 100)
    const content = (name: string, size: number) => ({ sha256: name.repeat(64), size })
    for (const name of ['a', 'b', 'c']) expectOk(store.put(content(name, 30), new Uint8Array(30)))
    store.touch([content('b', 30), content('c', 30)])
    const { utimesSync } = await import('node:fs')
    utimesSync(store.pathOf(content('a', 30)), 1, 1)
    expectOk(store.ensureRoom([content('d', 40)]))
    expect(['a', 'b', 'c'].map((name) => store.has(content(name, 30)))).toEqual([false, true, true])
    expect(store.ensureRoom([content('d', 101)])).toMatchObject({ ok: false, failure: { code: 'no-space' } })
    expect(['b', 'c'].map((name) => store.has(content(name, 30)))).toEqual([true, true])
  })

  it('refuses a release that is larger than itself before anything is fetched', async () => {
    expectOk(await fetch())
    const library = kit.library(today, 1024 * 1024)
    const small = catalogueReleaseSource({
      folder: library.folder,
      anchors: () => kit.anchors(),
      ring: kit.ring,
      clock: { now: () => today, monotonic: () => 0 },
    })
    expect(await verifyRelease(expectOk(await small.open(kit.id)))).toMatchObject({
      ok: false,
      failure: { code: 'no-space' },
    })
    expect(filesBelow(kit.cache).some((path) => path.endsWith('.part'))).toBe(false)
  })

  it('notices what went bad in it, and fetches that anew', async () => {
    expectOk(await fetch())
    expectOk(await verifyRelease(expectOk(await releases().open(kit.id))))
    const [file] = expectOk(await fetch()).catalogue.releases[0]!.files
    const path = join(kit.cache, 'files', file!.sha256)
    const data = readFileSync(path)
    data[5_000_000] = data[5_000_000]! ^ 1
    writeFileSync(path, data)
    await expectRefused(verifyRelease(expectOk(await releases().open(kit.id))), 'release-altered')
    expectOk(await verifyRelease(expectOk(await releases().open(kit.id))))
    appendFileSync(path, 'more')
    expectOk(await verifyRelease(expectOk(await releases().open(kit.id))))
  })
})
