import { it } from 'vitest'
import { pieceSize } from '../../model/catalogue.ts'
import { fuzz } from '../testing/fuzz.ts'
import { parseCatalogue, parseCatalogueRoot, parseCatalogueTimestamp } from './parse-catalogue.ts'

const root = '0123456789abcdef'.repeat(2)
const expires = '2027-02-26T11:13:28Z'
const hash = 'ab'.repeat(32)
const role = { keys: [hash], threshold: 1 }
const file = { source: 'system.efi', size: pieceSize + 1, sha256: hash, pieces: [hash, hash] }
const release = {
  id: 'desktop-1.0.0-x86_64',
  channel: 'stable',
  name: 'Desktop',
  version: '1.0.0',
  architecture: 'x86_64',
  needs: {
    bootSpace: 1,
    reserve: 2,
    memory: { required: 3, recommended: 4 },
    firmware: ['uefi64'],
    data: null,
  },
  about: { en: 'A desktop', de: 'Ein Desktop' },
  pictures: [{ source: 'a.png', size: 3, sha256: hash, alt: { en: 'A picture' } }],
  manifest: { size: 10, sha256: hash },
  signature: { size: 10, sha256: hash },
  files: [file],
}
const channels = [{ id: 'stable', name: { en: 'Stable' } }]
const documents = {
  root: {
    schema: 'berth/catalogue-root/1',
    root,
    version: 1,
    expires,
    roles: { root: role, catalogue: role, timestamp: role },
  },
  timestamp: {
    schema: 'berth/catalogue-timestamp/1',
    root,
    version: 1,
    expires,
    catalogue: { version: 1, size: 100, sha256: hash },
  },
  catalogue: {
    schema: 'berth/catalogue/1',
    root,
    version: 1,
    expires,
    pieceSize,
    channels,
    releases: [release],
  },
}
const seed = (signed: unknown) =>
  new TextEncoder().encode(
    JSON.stringify({
      schema: 'berth/signed/1',
      signed,
      signatures: [{ publicKey: hash, signature: hash + hash }],
    }),
  )
// The parsers read the whole text once; what they cost is what JSON costs.
const bound = (length: number) => ({ bytes: length, entries: length })

it.each([
  ['root', parseCatalogueRoot],
  ['timestamp', parseCatalogueTimestamp],
  ['catalogue', parseCatalogue],
] as const)('takes any bytes as a %s', (name, parse) => {
  const seeds = [seed(documents[name])]
  if (!parse(seeds[0]!).ok) throw new Error(JSON.stringify(parse(seeds[0]!)))
  fuzz({ name: `catalogue ${name}`, seeds, parse, bound })
})

it('takes brackets without end as a catalogue', () => {
  const deep = new TextEncoder().encode('['.repeat(5_000_000))
  if (parseCatalogue(deep).ok) throw new Error('accepted')
  const deeper = new TextEncoder().encode(
    `{"schema":"berth/signed/1","signatures":[],"signed":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  )
  if (parseCatalogue(deeper).ok) throw new Error('accepted')
})
