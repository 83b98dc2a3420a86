import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { bytes, GiB } from '../../base/bytes.ts'
import { partitionType, vendor } from '../../base/well-known.ts'
import { makeUki } from '../../formats/pe/make-uki.ts'
import type { FetchOptions } from '../debian-packages.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import { credentialKinds } from '../../model/you.ts'
import { makeRelease, type BuiltRelease, type NewRelease } from '../make-release.ts'
import { developmentSigner, type ReleaseSigner } from '../release-signer.ts'
import { signLoader } from '../secure-boot-keys.ts'
import { buildRoot, productOf, type BuiltRoot } from './build-root.ts'
import { recipeDigest, recipePackages } from './desktop-files.ts'
import { resolvePackages, type PackageSet } from './desktop-packages.ts'
import { desktopVariants, type DesktopVariant } from './desktop-variants.ts'
import { makeBillOfMaterials, parseLicences, parsePackages } from './software-list.ts'

export interface DesktopOptions extends FetchOptions {
  /** The release folder to write; made when absent. */
  readonly out: string
  /** Which desktop; the one for Intel and AMD when absent. */
  readonly variant?: DesktopVariant
  /** Dotted numbers; 1.0.0 when absent. */
  readonly version?: string
  /** Who signs; this user's development key when absent. */
  readonly signer?: ReleaseSigner
  /** A folder with the key that signs the UKI for Secure Boot (`secureBootSigner`); not signed when absent. */
  readonly secureBootKeys?: string
}

/** Larger and firmware spends seconds on reading it; measured: 67 MB takes three times as long as 14 MB. */
const maxUkiSize = 30_000_000

/**
 * Builds the desktop: a UKI, and beside it the root as an erofs image with its dm-verity tree, whose root hash is in the
 * UKI's command line. Equal packages, recipe, version and keys give equal bytes. Takes some minutes the first time;
 * afterwards the image comes from the cache.
 */
export async function buildDesktop(options: DesktopOptions): Promise<Result<BuiltRelease>> {
  const signer = options.signer === undefined ? await developmentSigner() : ok(options.signer)
  if (!signer.ok) return signer
  const { version = '1.0.0', variant = desktopVariants.plain } = options
  const packages = await resolvePackages(recipePackages(variant), options)
  if (!packages.ok) return packages
  const identity = identityOf(variant, version)
  const key = keyOf(variant, packages.value, identity)
  const root = await buildRoot({ key, variant, packages: packages.value, identity }, options)
  if (!root.ok) return root
  const release = await newRelease(options, variant, version, root.value, identity)
  if (!release.ok) return release
  const built = await makeRelease(options.out, release.value, signer.value)
  if (built.ok) await describeSources(built.value, packages.value, root.value)
  return built
}

/** What the image says of itself, for its scripts and for people. */
function identityOf(variant: DesktopVariant, version: string): Readonly<Record<string, string>> {
  const id = releaseId(variant.system, version)
  const berthRelease = {
    BERTH_RELEASE: id,
    BERTH_RELEASE_PATTERN: id.replaceAll('.', '[.]'),
    BERTH_NAME: `${variant.name} ${version}`,
    BERTH_VENDOR: vendor.berth,
    BERTH_GLOBAL: vendor.global,
    BERTH_LOADER: vendor.bootLoader,
    BERTH_VARIABLES: '/sys/firmware/efi/efivars',
  }
  const osRelease = {
    NAME: variant.name,
    PRETTY_NAME: `${variant.name} ${version}`,
    ID: 'berth',
    ID_LIKE: 'debian',
    VERSION_ID: version,
    ...(variant.folder === null ? {} : { VARIANT_ID: variant.folder }),
  }
  return { 'berth-release': shellLines(berthRelease), 'os-release': shellLines(osRelease) }
}

function shellLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')
}

function releaseId(system: string, version: string): ReleaseId {
  return `${system}-${version}-x86_64` as ReleaseId
}

function keyOf(
  variant: DesktopVariant,
  { packages }: PackageSet,
  identity: Readonly<Record<string, string>>,
): string {
  const content = JSON.stringify([recipeDigest(variant), packages, identity])
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

async function newRelease(
  { secureBootKeys }: DesktopOptions,
  { system, name, graphics, notYet, otherwise }: DesktopVariant,
  version: string,
  root: BuiltRoot,
  identity: Readonly<Record<string, string>>,
): Promise<Result<NewRelease>> {
  const id = releaseId(system, version)
  const image = `/EFI/Berth/${id}.erofs`
  const uki = await desktopUki(root, image, identity)
  if (!uki.ok) return uki
  if (uki.value.length > maxUkiSize)
    return fail('too-large', { what: 'UKI', required: maxUkiSize, found: uki.value.length })
  const signed = await signLoader(uki.value, secureBootKeys)
  if (!signed.ok) return signed
  const loader = `/EFI/Berth/${id}.efi`
  return ok({
    id,
    name: `${name} ${version}`,
    version,
    loader,
    files: [
      { source: `${id}.erofs`, path: image, data: { file: join(root.folder, 'root.erofs') } },
      { source: `${id}.efi`, path: loader, data: signed.value.image },
    ],
    memory: { required: 4 * GiB, recommended: 16 * GiB },
    dataPartition: {
      typeGuid: partitionType.linuxGeneric,
      minimum: bytes(8 * GiB),
      recommended: bytes(32 * GiB),
    },
    graphics: {
      makers: [...graphics],
      notYet: [...notYet],
      ...(otherwise === null ? {} : { otherwise: releaseId(otherwise, version) }),
    },
    secureBoot: signed.value.secureBoot,
    measurements: signed.value.measurements,
    firstStart: { takes: credentialKinds },
  })
}

async function desktopUki(
  root: BuiltRoot,
  image: string,
  identity: Readonly<Record<string, string>>,
): Promise<Result<Uint8Array>> {
  const text = (value: string) => new TextEncoder().encode(value)
  const line = async (name: string) => new TextDecoder().decode(await productOf(root, name)).trim()
  const commandLine = [
    `berth.root=${image} berth.verity=${await line('verity')}`,
    // Quiet on the screen, everything in the journal; a kernel that panics restarts, so that nobody is stuck.
    'quiet loglevel=3 rd.udev.log_level=3 panic=10 console=ttyS0,115200 console=tty0',
  ].join(' ')
  return makeUki({
    stub: await productOf(root, 'stub'),
    sections: [
      { name: '.osrel', data: text(identity['os-release'] ?? '') },
      { name: '.cmdline', data: text(commandLine) },
      { name: '.uname', data: text(await line('uname')) },
      { name: '.ucode', data: await productOf(root, 'ucode') },
      { name: '.initrd', data: await productOf(root, 'initrd.cpio.zst') },
      { name: '.linux', data: await productOf(root, 'linux') },
    ],
  })
}

/** Beside the manifest, not signed: `sources.json` (archive's state, packages, their sources) and `sbom.cdx.json`. */
async function describeSources(
  { folder, manifest }: BuiltRelease,
  set: PackageSet,
  root: BuiltRoot,
): Promise<void> {
  const text = async (name: string) => new TextDecoder().decode(await productOf(root, name))
  const packages = parsePackages(await text('packages.tsv'))
  const document = { schema: 'berth/sources/2', archive: set.archive, packages }
  await writeFile(join(folder, 'sources.json'), `${JSON.stringify(document, null, 2)}\n`)
  const licences = parseLicences(await text('licences.tsv'))
  await writeFile(join(folder, 'sbom.cdx.json'), makeBillOfMaterials(manifest, packages, licences))
}
