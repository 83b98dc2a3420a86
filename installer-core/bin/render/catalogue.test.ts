import { expect, it } from 'vitest'
import type { UsableCatalogue } from '../../adapters/catalogue/catalogue-library.ts'
import { buildRelease } from '../../check/testing/machine-builder.ts'
import { catalogueListSchema } from '../../model/catalogue-answers.ts'
import type { GraphicsMaker } from '../../model/graphics.ts'
import { catalogueLines, listed, releaseLines } from './catalogue.ts'

const other = 'desktop-nvidia-1.0.0-x86_64'

function release(id: string, makers: readonly GraphicsMaker[], otherwise?: string) {
  const { needs, name, version, architecture } = buildRelease()
  const graphics = { makers, ...(otherwise === undefined ? {} : { otherwise }) }
  return {
    id,
    channel: 'stable',
    name,
    version,
    architecture,
    needs: { ...needs, graphics },
    about: { en: 'x' },
    files: [],
  }
}
const releases = [
  release('desktop-1.0.0-x86_64', ['intel', 'amd'], other),
  release(other, ['intel', 'amd', 'nvidia']),
].map((one) => ({ ...one, manifest: { size: 0, sha256: '' } }))
const catalogue = {
  anchor: { own: true, root: { root: '' } },
  catalogue: { version: 1, expires: '2027-01-01T00:00:00Z', releases },
  fetched: null,
  supply: { store: { missing: () => 0 } },
} as unknown as UsableCatalogue
const [desktop, nvidia] = catalogue.catalogue.releases
if (desktop === undefined || nvidia === undefined) throw new Error('no releases')

it('says which of two variants is made for the graphics in this PC, and nothing when it does not know them', () => {
  const said = (...makers: GraphicsMaker[]) =>
    catalogueLines(catalogue, makers).filter((line) => /made for/.test(line))
  expect(said('intel', 'nvidia')).toEqual([`${other} is made for the graphics in this PC (Intel, NVIDIA).`])
  expect(said('amd')).toEqual(['desktop-1.0.0-x86_64 is made for the graphics in this PC (AMD).'])
  expect(said()).toEqual([])
})

it('says of one release whose graphics it is made for, in words and as data', () => {
  expect(releaseLines(catalogue, desktop).join('\n')).toMatch(/Graphics +Intel, AMD\n/)
  const plain = { ...desktop, needs: buildRelease().needs }
  expect(releaseLines(catalogue, plain).join('\n')).toMatch(/Graphics +any\n/)
  const told = listed(catalogue, nvidia)
  expect(told.needs.graphics).toEqual({ makers: ['intel', 'amd', 'nvidia'] })
  expect(catalogueListSchema.shape.releases.element.safeParse(told).success).toBe(true)
})
