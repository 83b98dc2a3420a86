import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { hashText } from '../node-hasher.ts'
import { knownNetworksSchema } from '../../model/networks.ts'
import { networkManagerProfiles } from './network-manager-profiles.ts'
import { fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
beforeEach(() => {
  linux = fakeLinux()
  put('lib/NetworkManager/secret_key', 'nm-v2:secret')
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

function put(path: string, text: string, mode = 0o600): void {
  linux.put({ [path]: text })
  chmodSync(join(linux.folder, path), mode)
}
const etc = (name: string) => `etc/NetworkManager/system-connections/${name}`
const run = (name: string) => `run/NetworkManager/system-connections/${name}`
const network = (ssid: string, key = 'canary in the mine', more = '') =>
  `[connection]\ntype=wifi\n${more}\n[wifi]\nssid=${ssid}\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=${key}\n`
const list = () => networkManagerProfiles(linux.places).list()

describe('the networks of NetworkManager', () => {
  it('are listed from both folders by name, id and seal, without a key', async () => {
    put(etc('b.nmconnection'), network('Büro'))
    put(run('netplan-a.nmconnection'), network('Amt'))
    put(etc('firm.nmconnection'), network('Firma').replace('wpa-psk', 'wpa-eap'))
    put(etc('vpn.nmconnection'), '[connection]\ntype=vpn\n')
    const known = knownNetworksSchema.parse(await list())
    expect(known.networks.map(({ ssid }) => ssid)).toEqual(['Amt', 'Büro'])
    expect(known.refused).toEqual([{ ssid: 'Firma', reason: 'enterprise' }])
    expect(new Set(known.networks.map(({ id }) => id)).size).toBe(2)
    expect(JSON.stringify(known)).not.toContain('canary')
    // Neither does an id tell the name: plans and reports hold it.
    expect(JSON.stringify(known.networks.map(({ id }) => id))).not.toMatch(/Amt|B.ro|netplan/)
  })

  it('are none where NetworkManager keeps none', async () => {
    expect(await list()).toEqual({ networks: [], refused: [] })
  })

  it('are only those that NetworkManager would use', async () => {
    put(etc('open.nmconnection'), network('Offen'), 0o644)
    put(etc('.hidden'), network('Versteckt'))
    put(etc('old~'), network('Alt'))
    put(etc('broken'), `${network('Kaputt')}\nnonsense`)
    put(etc('large'), `${network('Groß')}${'#'.repeat(70_000)}`)
    linux.put({ [etc('folder/x')]: '' })
    linux.link(etc('nothing'), '/nonexistent')
    linux.link(etc('null'), '/dev/null')
    writeFileSync(join(linux.folder, etc('binary')), Uint8Array.from([0xff, 0xfe, 0x5b]))
    expect(await list()).toEqual({ networks: [], refused: [] })
  })

  it('are each there once: what was made for this start comes before what is in /etc', async () => {
    const uuid = 'uuid=6f0a1b2c-0000-4000-8000-0123456789ab'
    put(etc('x'), network('Alt', 'canary in the mine', uuid))
    put(run('x.nmconnection'), network('Neu', 'canary in the mine', uuid))
    expect((await list()).networks.map(({ ssid }) => ssid)).toEqual(['Neu'])
  })

  it('have the same seals at each look, others for other keys, and others on another PC', async () => {
    put(etc('x'), network('Zuhause'))
    const [before] = (await list()).networks
    expect((await list()).networks).toEqual([before])
    put(etc('x'), network('Zuhause', 'another canary'))
    const [changed] = (await list()).networks
    expect([changed?.id, changed?.seal === before?.seal]).toEqual([before?.id, false])
    put(etc('x'), network('Zuhause'))
    put('lib/NetworkManager/secret_key', 'nm-v2:other')
    const [elsewhere] = (await list()).networks
    expect([elsewhere?.seal === before?.seal, elsewhere?.id === before?.id]).toEqual([false, false])
  })

  it('have a seal that is not the hash of anything that can be guessed', async () => {
    put(etc('x'), network('Zuhause'))
    const profiles = networkManagerProfiles(linux.places)
    const [{ id, seal } = { id: '', seal: '' }] = (await profiles.list()).networks
    const [{ profile } = { profile: '' }] = expectOk(await profiles.unseal([{ name: id, profile: seal }]))
    expect(profile).toMatch(/^# [0-9a-f]{32}\n\[connection\]\n/)
    expect(`sha256:${hashText(profile)}`).toBe(seal)
    expect(`sha256:${hashText(profile.replace(/^.*\n/, ''))}`).not.toBe(seal)
  })

  it('without a secret of NetworkManager hold as long as the process lives', async () => {
    rmSync(join(linux.folder, 'lib'), { recursive: true })
    put(etc('x'), network('Zuhause'))
    const profiles = networkManagerProfiles(linux.places)
    const [first] = (await profiles.list()).networks
    expect((await profiles.list()).networks).toEqual([first])
    expect((await list()).networks[0]?.seal).not.toBe(first?.seal)
  })
})

describe('the text behind a seal', () => {
  it('is read anew, and no other text than the one that was shown is given', async () => {
    put(etc('x'), network('Zuhause'))
    put(etc('y'), network('Büro'))
    const profiles = networkManagerProfiles(linux.places)
    const { networks } = await profiles.list()
    const chosen = networks.map(({ id, seal }) => ({ name: id, profile: seal }))
    const given = { name: 'given', profile: `# ${'0'.repeat(32)}\n[wifi]\n` }
    const texts = expectOk(await profiles.unseal([...chosen, given]))
    expect(texts.map(({ name }) => name)).toEqual([...chosen.map(({ name }) => name), 'given'])
    expect(texts.at(-1)).toEqual(given)
    const [one, two] = chosen
    if (one === undefined || two === undefined) throw new Error('two networks were expected')
    for (const wrong of [
      { name: 'unknown', profile: one.profile },
      { name: one.name, profile: two.profile },
      { name: one.name, profile: `sha256:${'0'.repeat(64)}` },
    ])
      expect(await profiles.unseal([wrong])).toMatchObject({
        ok: false,
        failure: { code: 'network-changed' },
      })
    put(etc('x'), network('Zuhause', 'another canary'))
    put(etc('y'), network('Büro', 'another canary'))
    expect(await profiles.unseal([one])).toMatchObject({ ok: false, failure: { code: 'network-changed' } })
  })
})
