import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { catalogueKit, type CatalogueKit } from '../adapters/catalogue/testing/catalogue-kit.ts'
import { value } from './testing/engine-kit.ts'
import { testEngine, type TestEngine } from './testing/test-engine.ts'

let kit: CatalogueKit
let world: TestEngine
beforeEach(async () => {
  kit = await catalogueKit()
  // These are real keys of a user, and the clock is the computer's.
  vi.stubEnv('BERTH_KEYS', join(kit.root, 'keys'))
  await kit.publish(new Date().toISOString())
  world = testEngine()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  kit.remove()
  await world.remove()
})

it('fetches a catalogue for a page and lists what it offers, in the language of the page', async () => {
  const client = world.client()
  expect(value(await client.call('releases.list', {})).releases).toEqual([])
  expect(await client.call('catalogue.fetch', {})).toMatchObject({
    ok: false,
    failure: { code: 'catalogue-not-found' },
  })
  expect(await client.call('catalogue.fetch', { source: 'http://example.org/' })).toMatchObject({
    ok: false,
    failure: { code: 'source-refused' },
  })
  const fetched = value(await client.call('catalogue.fetch', { source: kit.published }))
  expect(fetched).toMatchObject({ version: 2, releases: 1 })
  const [listed] = value(await client.call('releases.list', {})).releases
  expect(listed).toMatchObject({
    id: kit.id,
    failure: null,
    signer: { practiceOnly: true },
    offer: { missing: 9 * 1024 * 1024, about: 'For tests only.', picture: { alt: 'Nothing' } },
  })
  expect(listed?.offer?.picture?.address).toMatch(/^data:image\/png;base64,/)
  // From where it came before.
  expect(value(await client.call('catalogue.fetch', {})).version).toBe(2)
  expect(world.faults).toEqual([])
})
