import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAnchors } from '../adapters/catalogue/catalogue-anchors.ts'
import { catalogueFolder } from '../adapters/catalogue/catalogue-folder.ts'
import { CatalogueLibrary } from '../adapters/catalogue/catalogue-library.ts'
import { catalogueReleaseSource } from '../adapters/catalogue/catalogue-release-source.ts'
import { serveFiles, type FileServer } from '../adapters/catalogue/testing/bad-server.ts'
import { callersFolders } from '../adapters/data-folder.ts'
import { loadKeyRing } from '../adapters/release-folder/key-ring.ts'
import type { RunEvent } from '../model/report.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { compareSnapshots, takeSnapshot } from '../practice/snapshot.ts'
import { catalogueKeys } from '../system/catalogue-signer.ts'
import { makeCatalogue } from '../system/make-catalogue.ts'
import { choices, helpedPc, release, value, type HelpedPc } from './testing/helped-pc.ts'

/* A release that only a catalogue offers, installed by the helper that fetches nothing. */
let world: HelpedPc
let server: FileServer
let published: string
const folders = () => callersFolders(world.home)
const folder = () => catalogueFolder(folders().catalogue)
const anchors = () => loadAnchors(folders().catalogueKeys)

beforeAll(async () => {
  world = await helpedPc()
  published = join(world.folder, 'published')
  mkdirSync(join(published, 'releases'), { recursive: true })
  // In the caller's cache there is no folder of a release any more.
  renameSync(join(world.releases, release), join(published, 'releases', release))
  rmSync(world.releases, { recursive: true })
  const now = new Date().toISOString()
  const keys = value(await catalogueKeys(now, folders().catalogueKeys, []))
  value(await makeCatalogue({ folder: published, keys, now, days: { catalogue: 90, timestamp: 14 } }))
  server = await serveFiles(published)
})
afterAll(async () => {
  await server.close()
  world.remove()
})

beforeEach(async () => {
  rmSync(folders().catalogue, { recursive: true, force: true })
  const library = new CatalogueLibrary({ folder: folder(), anchors: anchors() })
  value(await library.fetch([server.address], true))
})

const openOffered = async (): Promise<OpenRelease> =>
  value(await catalogueReleaseSource({ folder: folder(), anchors, ring: loadKeyRing() }).open(release))

/** Asks a helper for the installation; what came of it, and every event. */
async function install(between: (open: OpenRelease) => void = () => undefined) {
  const helper = world.start()
  const remote = helper.installer()
  const open = await openOffered()
  const { plan } = value(await remote.plan(choices, open))
  between(open)
  const events: RunEvent[] = []
  const ran = await remote.install(
    choices,
    open,
    { fingerprint: plan?.fingerprint ?? '', shown: null },
    { onEvent: (event) => events.push(event) },
  )
  const end = async () => {
    helper.child.stdin?.end()
    expect(await helper.ended).toEqual({ exit: 0, signal: null })
    expect(helper.said()).toBe('')
  }
  return { ran, events, remote, end }
}

describe('a release of a catalogue', () => {
  it('is fetched before the helper is asked, installed by it, and taken away again', async () => {
    const before = value(await takeSnapshot(world.pc))
    expect((await openOffered()).offer?.missing).toBeGreaterThan(0)
    const { ran, events, remote, end } = await install()
    expect(value(ran)).toMatchObject({ outcome: 'installed', failure: null })
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index))
    const checks = events.flatMap((event) => (event.event === 'release-check' ? [event.done] : []))
    // Once while it is fetched and once by the helper.
    expect(checks.filter((count) => count === checks.at(-1))).toHaveLength(2)
    expect((await openOffered()).offer?.missing).toBe(0)
    expect(value(await remote.status())).toMatchObject({ state: 'trial', release })
    const undo = value(await remote.planUndo()).plan?.fingerprint ?? ''
    expect(value(await remote.undo(undo))).toMatchObject({ outcome: 'undone' })
    expect(compareSnapshots(before, value(await takeSnapshot(world.pc)))).toEqual([])
    await end()
  })

  it('that was damaged in the store is refused, thrown away, and fetched anew the next time', async () => {
    const marks = world.marks()
    const damage = (open: OpenRelease) => {
      const [file] = open.manifest.files
      const path = folder().store.pathOf({ sha256: file?.sha256 ?? '' })
      writeFileSync(path, Buffer.alloc(file?.size ?? 0, 1))
    }
    const { ran, end } = await install(damage)
    expect(ran).toMatchObject({ ok: false, failure: { code: 'release-altered' } })
    expect(world.marks()).toBe(marks)
    await end()
    expect((await openOffered()).offer?.missing).toBeGreaterThan(0)
  })

  it('is nothing that the helper knows once no remembered catalogue offers it', async () => {
    const marks = world.marks()
    const forget = () => rmSync(join(folders().catalogue, 'trust'), { recursive: true })
    const { ran, end } = await install(forget)
    expect(ran).toMatchObject({ ok: false, failure: { code: 'release-not-found' } })
    expect(world.marks()).toBe(marks)
    await end()
  })

  it('is not taken by a helper that was asked before everything was here, nor through a link', async () => {
    const marks = world.marks()
    const asked = async (prepare: () => void) => {
      const helper = world.start()
      const remote = helper.installer()
      const { offer, ...open } = await openOffered()
      expect(offer).toBeDefined()
      const { plan } = value(await remote.plan(choices, open))
      prepare()
      // Without its offer it is a release like any other: nothing is fetched on this side.
      const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: null }
      const ran = await remote.install(choices, open, confirmation)
      helper.child.stdin?.end()
      await helper.ended
      return ran.ok ? 'done' : ran.failure.code
    }
    expect(await asked(() => undefined)).toBe('release-incomplete')
    const place = folder().store
    const throughLinks = () => {
      for (const { sha256, source } of readFiles()) {
        const real = join(world.folder, source)
        cpSync(join(published, 'releases', release, source), real)
        symlinkSync(real, place.pathOf({ sha256 }))
      }
    }
    expect(await asked(throughLinks)).toBe('release-altered')
    expect(world.marks()).toBe(marks)
  })
})

function readFiles(): readonly { readonly sha256: string; readonly source: string }[] {
  const text = readFileSync(join(published, 'releases', release, 'release.json'), 'utf8')
  return (JSON.parse(text) as { files: { sha256: string; source: string }[] }).files
}
