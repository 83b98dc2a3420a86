import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { parseKeyfile } from '../formats/keyfile/parse-keyfile.ts'
import { youSchema } from '../model/you.ts'
import { wifiProfileOf } from './wifi-profile.ts'

const uuid = '6f0a1b2c-0000-4000-8000-0123456789ab'
const home = `[connection]
id=Zuhause
uuid=${uuid}
type=wifi
interface-name=wlp3s0
permissions=user:anna:;
timestamp=1700000000

[wifi]
cloned-mac-address=stable
mac-address=00:11:22:33:44:55
mode=infrastructure
ssid=Zuhause

[wifi-security]
key-mgmt=wpa-psk
psk=richtig gutes Kennwort

[ipv4]
dhcp-client-id=annas-laptop
method=auto

[ipv6]
addr-gen-mode=default
method=auto

[proxy]
`
const read = (text: string) => wifiProfileOf(expectOk(parseKeyfile(text)))
const changed = (from: string | RegExp, to: string) => read(home.replace(from, to))
const textOf = (profile: ReturnType<typeof read>) =>
  profile !== null && 'text' in profile.carried ? profile.carried.text : null

describe('a Wi-Fi network of NetworkManager', () => {
  it('is written anew with its key, without names of this PC, its devices and its users', () => {
    const profile = read(home)
    expect(profile).toMatchObject({ ssid: 'Zuhause', uuid })
    expect(textOf(profile)).toBe(`[connection]
id=Zuhause
uuid=${uuid}
type=wifi

[wifi]
mode=infrastructure
ssid=Zuhause

[wifi-security]
key-mgmt=wpa-psk
psk=richtig gutes Kennwort

[ipv4]
method=auto

[ipv6]
method=auto

`)
    // What was written is read as the same network.
    expect(textOf(read(textOf(profile) ?? ''))).toBe(textOf(profile))
  })

  it('is known by its old names too, and may be open or hidden', () => {
    const old = home.replace('type=wifi', 'type=802-11-wireless').replace('[wifi]', '[802-11-wireless]')
    expect(textOf(read(old.replace('[wifi-security]', '[802-11-wireless-security]')))).toContain(
      'psk=richtig',
    )
    const open = read('[connection]\ntype=wifi\n[wifi]\nssid=Bahnhof\nhidden=true\n')
    expect(textOf(open)).toBe(
      '[connection]\nid=Bahnhof\ntype=wifi\n\n[wifi]\nmode=infrastructure\nssid=Bahnhof\nhidden=true\n\n',
    )
    expect(textOf(changed('key-mgmt=wpa-psk', 'key-mgmt=sae'))).toContain('key-mgmt=sae')
    expect(textOf(changed(/key-mgmt=.*\npsk=.*/, 'key-mgmt=owe'))).toContain('key-mgmt=owe')
  })

  it('keeps fixed addresses', () => {
    const fixed = changed(
      'method=auto',
      'method=manual\naddress1=192.168.0.9/24,192.168.0.1\ndns=192.168.0.1;',
    )
    expect(textOf(fixed)).toContain(
      '[ipv4]\nmethod=manual\naddress1=192.168.0.9/24,192.168.0.1\ndns=192.168.0.1;\n',
    )
  })

  it.each([
    ['numbers', 'ssid=77;195;188;108;108;101;114;', 'Müller'],
    ['numbers too large for bytes, which are a text', 'ssid=77;300;', '77;300;'],
    ['an escaped semicolon', String.raw`ssid=a\\;b`, 'a;b'],
    ['a direction of writing', 'ssid=a\u202eb', 'a‹U+202E›b'],
    ['bytes that are no UTF-8', 'ssid=255;65;', '\ufffdA'],
  ])('is named by %s', (_, ssid, shown) => {
    expect(changed('ssid=Zuhause', ssid)).toMatchObject({
      ssid: shown,
      carried: { text: expect.any(String) },
    })
  })

  it.each([
    ['enterprise', 'key-mgmt=wpa-psk', 'key-mgmt=wpa-eap'],
    ['enterprise', 'key-mgmt=wpa-psk', 'key-mgmt=ieee8021x'],
    ['key-elsewhere', 'psk=richtig gutes Kennwort', 'psk-flags=1'],
    ['key-elsewhere', 'psk=richtig', 'psk-flags=2\npsk=richtig'],
    ['key-elsewhere', 'psk=richtig gutes Kennwort', ''],
    ['other-kind', 'psk=richtig gutes Kennwort', 'psk=zu kurz'],
    ['other-kind', 'psk=richtig', 'psk=Schlüssel'],
    ['other-kind', 'key-mgmt=wpa-psk', 'key-mgmt=none'],
    ['other-kind', 'mode=infrastructure', 'mode=ap'],
    ['other-kind', 'method=auto', 'method=shared'],
    ['other-kind', 'ssid=Zuhause', 'ssid='],
    ['other-kind', 'ssid=Zuhause', `ssid=${'x'.repeat(33)}`],
  ])('cannot come along: %s', (refusal, from, to) => {
    expect(changed(from, to)?.carried).toEqual({ refusal })
  })

  it('is none when the file is about something else', () => {
    expect(changed('type=wifi', 'type=vpn')).toBeNull()
    expect(read('')).toBeNull()
  })

  it('never makes more groups or entries than it knows, whatever is in the file', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/\p{Cc}/gu, ''))
    const names = ['uuid', 'psk', 'ssid', 'address1', 'dns', 'hidden', 'autoconnect', 'permissions', '[evil]']
    const lines = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 12 })
    fc.assert(
      fc.property(lines, lines, value, (connection, wifi, psk) => {
        const own = (entries: readonly (readonly [string, string])[]) =>
          entries.filter(([name]) => !name.startsWith('[')).map(([name, text]) => `${name}=${text}\n`)
        const text = [
          '[connection]\n',
          ...own(connection),
          'type=wifi\n[wifi]\n',
          ...own(wifi),
          `[wifi-security]\nkey-mgmt=sae\npsk=${psk}\n[ipv4]\n`,
          ...own(wifi),
        ].join('')
        const made = textOf(read(text))
        if (made === null) return
        const again = expectOk(parseKeyfile(made))
        for (const [name, group] of again) {
          expect(['connection', 'wifi', 'wifi-security', 'ipv4', 'ipv6']).toContain(name)
          expect([...group.keys()].join(' ')).not.toMatch(/permissions|evil/)
        }
        const chosen = { wifi: [{ name: 'x', profile: `# ${'0'.repeat(32)}\n${made}` }] }
        expect(youSchema.safeParse(chosen).success).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
