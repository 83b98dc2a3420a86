import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import type { NamedPackage } from './read-sources.ts'

/** One Debian package in an image, as dpkg's database tells of it. */
export interface InstalledPackage {
  readonly name: string
  readonly version: string
  readonly architecture: string
  /** The source package it was built from, which Debian's security tracker speaks of. */
  readonly source: string
  readonly sourceVersion: string
}

/** Reads `packages.tsv`, which `finish` writes with dpkg-query: five fields parted by tabs, one package a line. */
export function parsePackages(table: string): readonly InstalledPackage[] {
  return rows(table).map(([name = '', version = '', architecture = '', source = '', sourceVersion = '']) => ({
    name,
    version,
    architecture,
    source,
    sourceVersion,
  }))
}

/** Reads `licences.tsv`: short names by package, from Debian's copyright files. */
export function parseLicences(table: string): ReadonlyMap<string, readonly string[]> {
  return new Map(rows(table).map(([name = '', names = '']) => [name, names.split(';')]))
}

/**
 * The image's bill of materials: CycloneDX 1.6 as JSON, a component a package with its package URL. It carries neither
 * time nor serial number: equal packages give equal bytes.
 */
export function makeBillOfMaterials(
  image: { readonly name: string; readonly version: string },
  packages: readonly InstalledPackage[],
  licences: ReadonlyMap<string, readonly string[]>,
): string {
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'operating-system', name: image.name, version: image.version } },
    components: packages.map((one) => componentOf(one, licences.get(one.name) ?? [])),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function componentOf(one: InstalledPackage, licences: readonly string[]) {
  const query = `arch=${one.architecture}&distro=debian-13`
  return {
    type: 'library',
    name: one.name,
    version: one.version,
    purl: `pkg:deb/debian/${encodeURIComponent(one.name)}@${encodeURIComponent(one.version)}?${query}`,
    licenses: licences.map((name) => ({ license: { name } })),
    properties: [{ name: 'debian:source', value: `${one.source} ${one.sourceVersion}` }],
  }
}

/** What `berth system compare` says; null: the package is not in that release. */
export const packageChangesSchema = z.strictObject({
  schema: z.literal('berth/package-changes/1'),
  changes: z.array(
    z.strictObject({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
})
export type PackageChanges = DeepReadonly<z.infer<typeof packageChangesSchema>>

/** What differs between the packages of two releases, sorted by name. */
export function comparePackages(
  before: readonly NamedPackage[],
  after: readonly NamedPackage[],
): PackageChanges {
  const versions = (list: readonly NamedPackage[]) => new Map(list.map((one) => [one.name, one.version]))
  const [old, now] = [versions(before), versions(after)]
  const changes = [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((change) => change.before !== change.after)
  return { schema: 'berth/package-changes/1', changes }
}

function rows(table: string): readonly (readonly string[])[] {
  return table
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}
