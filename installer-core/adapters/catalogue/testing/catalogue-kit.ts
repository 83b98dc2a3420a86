import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import type { Catalogue, CatalogueRole, CatalogueTimestamp, Signed } from '../../../model/catalogue.ts'
import type { KeyRing } from '../../../model/key-ring.ts'
import type { ReleaseId } from '../../../model/primitives.ts'
import { catalogueKeys, documentBytes, signDocument } from '../../../system/catalogue-signer.ts'
import { makeCatalogue } from '../../../system/make-catalogue.ts'
import { keySigner } from '../../../system/release-signer.ts'
import { makeCutTestRelease, ringOf } from '../../../system/testing/cut-test-release.ts'
import { loadAnchors, type CatalogueAnchor } from '../catalogue-anchors.ts'
import { catalogueFolder } from '../catalogue-folder.ts'
import { CatalogueLibrary } from '../catalogue-library.ts'

/** The day on which these tests play. */
export const today = '2026-11-28T12:00:00.000Z'

/** A time so many days later. */
export const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString()

const releaseId = 'cut-test-1.0.0-x86_64' as ReleaseId

/** A catalogue with one release of three pieces, its keys, and a computer that trusts them. */
export interface CatalogueKit {
  /** Everything of this kit; what is to be written nowhere else is looked for here. */
  readonly root: string
  readonly published: string
  readonly keys: string
  readonly cache: string
  readonly id: ReleaseId
  readonly ring: KeyRing
  anchors(): readonly CatalogueAnchor[]
  /** A library of the computer at that time. */
  library(now?: string, limit?: number): CatalogueLibrary
  /** Writes the next catalogue. */
  publish(
    now?: string,
    days?: { catalogue: number; timestamp: number },
    exchange?: CatalogueRole[],
  ): Promise<void>
  /** Rewrites a published document, signed by the true key unless told otherwise. */
  forge<T extends Catalogue | CatalogueTimestamp>(
    name: 'catalogue' | 'timestamp',
    change: (signed: T) => T,
    by?: CatalogueRole,
  ): Promise<void>
  remove(): void
}

/** The release and its key are made once a test file and copied: only its bytes take time. */
let template: Promise<string> | null = null
async function makeTemplate(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'berth-catalogue-template-'))
  process.on('exit', () => rmSync(root, { recursive: true, force: true }))
  const signer = expectOk(await keySigner(join(root, 'keys/dev-key.pem'), 'test', false))
  await makeCutTestRelease(join(root, 'published/releases', releaseId), { signer, size: 9 * MiB })
  return root
}

export async function catalogueKit(): Promise<CatalogueKit> {
  const root = mkdtempSync(join(tmpdir(), 'berth-catalogue-'))
  cpSync(await (template ??= makeTemplate()), root, { recursive: true })
  const [published, keys, cache] = ['published', 'keys/catalogue', 'cache'].map((name) =>
    join(root, name),
  ) as [string, string, string]
  const signer = expectOk(await keySigner(join(root, 'keys/dev-key.pem'), 'test', false))
  const id = releaseId
  const folder = join(published, 'releases', id)
  writeFileSync(
    join(folder, 'about.json'),
    JSON.stringify({
      about: { en: 'For tests only.', de: 'Nur für Tests.' },
      pictures: [{ source: 'screen.png', alt: { en: 'Nothing' } }],
    }),
  )
  writeFileSync(join(folder, 'screen.png'), 'picture')
  const ring = ringOf(signer)
  const kit: CatalogueKit = {
    root,
    published,
    keys,
    cache,
    id,
    ring,
    anchors: () => loadAnchors(keys),
    library: (now = today, limit) =>
      new CatalogueLibrary({
        folder: catalogueFolder(cache, limit),
        anchors: loadAnchors(keys),
        clock: { now: () => now, monotonic: () => 0 },
      }),
    async publish(now = today, days = { catalogue: 90, timestamp: 14 }, exchange = []) {
      const signers = expectOk(await catalogueKeys(now, keys, exchange))
      expectOk(await makeCatalogue({ folder: published, keys: signers, now, days, ring }))
    },
    async forge(name, change, by = name) {
      const path = join(published, `${name}.json`)
      const document = JSON.parse(readFileSync(path, 'utf8')) as Signed<never>
      const forger = expectOk(await keySigner(join(keys, `${by}.pem`), by, true))
      writeFileSync(path, documentBytes(signDocument(change(document.signed), [forger])))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
  mkdirSync(cache)
  await kit.publish()
  return kit
}

/** Every file below a folder, but for those below `except`. */
export function filesBelow(folder: string, except = ''): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && (except === '' || relative(except, path).startsWith('..')))
    .sort()
}
