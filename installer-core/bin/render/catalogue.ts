import type { UsableCatalogue } from '../../adapters/catalogue/catalogue-library.ts'
import { bytes } from '../../base/bytes.ts'
import { isMadeFor } from '../../check/graphics.ts'
import type { CatalogueFacts, CatalogueList } from '../../model/catalogue-answers.ts'
import type { CatalogueRelease } from '../../model/catalogue.ts'
import { graphicsMaker, type GraphicsMaker } from '../../model/graphics.ts'
import { formatSize } from '../../text/quantity.ts'
import { tableLines } from '../../text/table.ts'

/** What is known of a catalogue, as data. */
export function factsOf({ anchor, catalogue, sources, fetched }: UsableCatalogue): CatalogueFacts {
  const { root, version, expires } = catalogue
  return { root, version, expires, own: anchor.own, sources: [...sources], fetched }
}

/** A release as data for a list. */
export function listed(
  { supply }: UsableCatalogue,
  release: CatalogueRelease,
): CatalogueList['releases'][number] {
  const { id, channel, name, version, architecture, about, needs } = release
  return {
    id,
    channel,
    name,
    version,
    architecture,
    about: { ...about },
    needs: structuredClone(needs) as CatalogueList['releases'][number]['needs'],
    size: bytes(sizeOf(release)),
    missing: bytes(supply.store.missing(release.files)),
  }
}

/** A catalogue as a table; of variants for other graphics, which one is for a PC with graphics by `makers`. */
export function catalogueLines(one: UsableCatalogue, makers: readonly GraphicsMaker[]): readonly string[] {
  const { catalogue, anchor, fetched } = one
  const keys = anchor.own
    ? 'signed with your own keys, for practice'
    : `signed by ${anchor.root.root.slice(0, 8)}`
  const age = fetched === null ? 'not kept' : `fetched ${fetched.slice(0, 10)}`
  return [
    `Catalogue ${catalogue.version}, good until ${catalogue.expires.slice(0, 10)}, ${age}, ${keys}`,
    ...tableLines([
      ['Release', 'Channel', 'Size', 'Here'],
      ...catalogue.releases.map((release) => [
        release.id,
        release.channel,
        formatSize(sizeOf(release)),
        hereText(one, release),
      ]),
    ]),
    ...catalogue.releases
      .filter((release) => isMadeFor(release, catalogue.releases, makers))
      .map(({ id }) => `${id} is made for the graphics in this PC (${namesOf(makers)}).`),
  ]
}

/** Everything about one release. */
export function releaseLines(one: UsableCatalogue, release: CatalogueRelease): readonly string[] {
  const { needs } = release
  const facts: readonly (readonly [string, string])[] = [
    ['Channel', release.channel],
    ['For', release.architecture],
    ['Size', formatSize(sizeOf(release))],
    ['Here', hereText(one, release)],
    ['Boot space', `${formatSize(needs.bootSpace)} and ${formatSize(needs.reserve)} in reserve`],
    ['Data space', needs.data === null ? 'none' : `at least ${formatSize(needs.data.minimum)}`],
    ['Memory', `${formatSize(needs.memory.required)}, better ${formatSize(needs.memory.recommended)}`],
    ['Firmware', needs.firmware.join(', ')],
    ['Graphics', needs.graphics === undefined ? 'any' : namesOf(needs.graphics.makers)],
    ['Signed', `release.json ${release.manifest.sha256}`],
  ]
  return [
    `${release.name} ${release.version} (${release.id})`,
    release.about.en,
    '',
    ...facts.map(([name, value]) => `  ${name.padEnd(11)} ${value}`),
  ]
}

function namesOf(makers: readonly GraphicsMaker[]): string {
  return makers.map((maker) => graphicsMaker[maker].name).join(', ')
}

function hereText({ supply }: UsableCatalogue, release: CatalogueRelease): string {
  const missing = supply.store.missing(release.files)
  return missing === 0 ? 'yes' : `${formatSize(missing)} to fetch`
}

function sizeOf(release: CatalogueRelease): number {
  return release.files.reduce((sum, { size }) => sum + size, 0)
}
