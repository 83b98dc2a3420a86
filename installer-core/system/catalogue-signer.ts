import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { catalogueKeyFolder } from '../adapters/catalogue/catalogue-anchors.ts'
import { believeFirstRoot, believeRoot } from '../adapters/catalogue/catalogue-trust.ts'
import { openVariableFile } from '../adapters/disk-image/variable-file.ts'
import { canonicalJson } from '../base/json.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { parseCatalogueRoot } from '../formats/catalogue/parse-catalogue.ts'
import type { CatalogueRole, CatalogueRoot, Signed } from '../model/catalogue.ts'
import { keySigner, type ReleaseSigner } from './release-signer.ts'

export const catalogueRoles: readonly CatalogueRole[] = ['root', 'catalogue', 'timestamp']
const dayMs = 86_400_000
const rootDays = 365

/** The keys of a catalogue. In earnest each lies somewhere else, and that of the root where no network reaches. */
export interface CatalogueKeys {
  /** Every root document so far, as bytes, the first one first. */
  readonly roots: readonly Uint8Array[]
  readonly root: CatalogueRoot
  /** The signers that are here; a role without one can only be used as it was signed before. */
  readonly signers: Partial<Readonly<Record<CatalogueRole, ReleaseSigner>>>
}

/** Signs a document: over the canonical JSON of its members, once by each signer. */
export function signDocument<T>(signed: T, signers: readonly ReleaseSigner[]): Signed<T> {
  const data = new TextEncoder().encode(canonicalJson(signed))
  return {
    schema: 'berth/signed/1',
    signed,
    signatures: signers.map((signer) => {
      const { publicKey, signature } = signer.sign(data)
      return { publicKey, signature }
    }),
  }
}

/** A document as it is written: readable, one line break at the end. */
export function documentBytes(document: Signed<unknown>): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`)
}

/**
 * The keys in a folder: `root.pem`, `catalogue.pem`, `timestamp.pem`, and the root documents `root-N.json`. In a folder
 * without any root document all are made, readable by their owner alone. When the root's key is here, a root document in the
 * last quarter of its life is followed by a new one, and the keys of `exchange` by new ones; what they were is kept as
 * `ROLE.former.pem`. `malformed`; `catalogue-altered` when the documents do not follow from each other.
 */
export async function catalogueKeys(
  now: string,
  folder = catalogueKeyFolder(),
  exchange: readonly CatalogueRole[] = [],
): Promise<Result<CatalogueKeys>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const begun = existsSync(join(folder, 'root-1.json'))
  const signers = await readSigners(folder, begun)
  if (!signers.ok) return signers
  if (!begun) {
    const first = await keepRoot(folder, nextRoot(null, now, signers.value), signers.value.root)
    if (!first.ok) return first
  }
  const known = await readRoots(folder)
  if (!known.ok) return known
  const isOld = Date.parse(known.value.root.expires) - Date.parse(now) < (rootDays / 4) * dayMs
  const mayRenew = isOld && signers.value.root !== undefined
  if (!mayRenew && exchange.length === 0) return ok({ ...known.value, signers: signers.value })
  const former = signers.value.root
  for (const role of exchange) await rename(join(folder, `${role}.pem`), join(folder, `${role}.former.pem`))
  for (const role of exchange) await keySigner(join(folder, `${role}.pem`), role, true)
  const renewed = await readSigners(folder, true)
  if (!renewed.ok) return renewed
  const next = nextRoot(known.value.root, now, renewed.value)
  const kept = await keepRoot(folder, next, former, renewed.value.root)
  if (!kept.ok) return kept
  const roots = await readRoots(folder)
  return roots.ok ? ok({ ...roots.value, signers: renewed.value }) : roots
}

async function readSigners(folder: string, onlyThere: boolean): Promise<Result<CatalogueKeys['signers']>> {
  const signers: Partial<Record<CatalogueRole, ReleaseSigner>> = {}
  for (const role of catalogueRoles) {
    const file = join(folder, `${role}.pem`)
    if (onlyThere && !existsSync(file)) continue
    const signer = await keySigner(file, role, true)
    if (!signer.ok) return signer
    signers[role] = signer.value
  }
  return ok(signers)
}

/** The first root document, or the one after `before` with the keys that are here now. */
function nextRoot(
  before: CatalogueRoot | null,
  now: string,
  signers: CatalogueKeys['signers'],
): CatalogueRoot {
  const role = (name: CatalogueRole) => {
    const signer = signers[name]
    return signer === undefined && before !== null
      ? before.roles[name]
      : { keys: signer === undefined ? [] : [signer.key.publicKey], threshold: 1 }
  }
  return {
    schema: 'berth/catalogue-root/1',
    root: before?.root ?? randomBytes(16).toString('hex'),
    version: (before?.version ?? 0) + 1,
    expires: later(now, rootDays),
    roles: { root: role('root'), catalogue: role('catalogue'), timestamp: role('timestamp') },
  }
}

/** A time so many days on, in whole seconds. */
export function later(now: string, days: number): string {
  return `${new Date(Date.parse(now) + days * dayMs).toISOString().slice(0, 19)}Z`
}

/** A root document is signed by the keys of its own and of the one before. */
async function keepRoot(
  folder: string,
  root: CatalogueRoot,
  ...by: readonly (ReleaseSigner | undefined)[]
): Promise<Result<void>> {
  const signers = new Map(by.flatMap((one) => (one === undefined ? [] : [[one.key.publicKey, one] as const])))
  if (signers.size === 0) return fail('not-found', { what: 'root.pem', where: folder })
  const data = documentBytes(signDocument(root, [...signers.values()]))
  return openVariableFile(join(folder, `root-${root.version}.json`)).replace(data)
}

async function readRoots(folder: string): Promise<Result<{ roots: Uint8Array[]; root: CatalogueRoot }>> {
  const names = (await readdir(folder)).filter((name) => /^root-\d+\.json$/.test(name))
  const roots: Uint8Array[] = []
  let root: CatalogueRoot | null = null
  for (let version = 1; version <= names.length; version += 1) {
    const data = new Uint8Array(await readFile(join(folder, `root-${version}.json`)))
    const read = parseCatalogueRoot(data)
    if (!read.ok) return read
    const next: Result<CatalogueRoot> = root === null ? believeFirstRoot(read.value) : believeRoot(root, data)
    if (!next.ok) return next
    roots.push(data)
    root = next.value
  }
  return root === null ? fail('not-found', { what: 'root-1.json', where: folder }) : ok({ roots, root })
}
