import { expect, it } from 'vitest'
import { ok } from '../base/result.ts'
import { buildChoices, buildRelease } from '../check/testing/machine-builder.ts'
import type { KnownNetworks } from '../model/networks.ts'
import type { SafeText } from '../model/primitives.ts'
import { withChosenNetworks } from './chosen-networks.ts'
import { networkLines } from './commands/networks.ts'

const seal = `sha256:${'0f'.repeat(32)}`
const known: KnownNetworks = {
  networks: ['one', 'two'].map((id) => ({ id, ssid: `Network ${id}` as SafeText, seal })),
  refused: [{ ssid: 'eduroam' as SafeText, reason: 'enterprise' }],
}
const installer = (networks: KnownNetworks | null = known) => ({ networks: async () => ok(networks) })
const taking = buildRelease({ firstStart: { takes: ['wifi'] } })
const choices = buildChoices({ you: { user: 'anna' } })

it('puts the networks that are named into the choices, by id and seal', async () => {
  const wanted = await withChosenNetworks(choices, ['two'], installer(), taking)
  expect(wanted).toEqual(ok({ ...choices, you: { user: 'anna', wifi: [{ name: 'two', profile: seal }] } }))
  expect(await withChosenNetworks(choices, undefined, installer(), taking)).toEqual(ok(choices))
})

it('refuses an id that is not known, and a release that takes no networks over', async () => {
  const usage = { ok: false, failure: { code: 'usage' } }
  expect(await withChosenNetworks(choices, ['one', 'three'], installer(), taking)).toMatchObject(usage)
  expect(await withChosenNetworks(choices, ['one'], installer(null), taking)).toMatchObject(usage)
  expect(await withChosenNetworks(choices, ['one'], installer(), buildRelease())).toMatchObject(usage)
})

it('lists ids, why others stay behind, and what happens to the keys; or says where it looked', () => {
  const text = networkLines(known).join('\n')
  for (const part of ['one', 'Network two', 'eduroam: cannot come along', 'lie readable'])
    expect(text).toContain(part)
  for (const none of [null, { networks: [], refused: [] }]) {
    const lines = networkLines(none)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('NetworkManager')
  }
})
