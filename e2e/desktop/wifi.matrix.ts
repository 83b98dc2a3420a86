import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { parseKeyfile } from '../../installer-core/formats/keyfile/parse-keyfile.ts'
import { wifiProfileOf } from '../../installer-core/probe/wifi-profile.ts'
import { anna, comesToLogin, DesktopCase, sitAt, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { volumeHolds } from './fat-volume.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

const network = { ssid: 'Leuchtturm 5', key: 'canary-in-the-lighthouse' } as const

/** As NetworkManager of the present system keeps it; its address is fixed, for nobody gives one out here. */
const kept = `[connection]
id=${network.ssid}
uuid=0b5ff4a6-6a1e-4c0c-9a55-6d2f0c6b7e11
type=wifi
interface-name=wlp3s0
permissions=user:anna:;

[wifi]
mode=infrastructure
ssid=${network.ssid}

[wifi-security]
key-mgmt=wpa-psk
psk=${network.key}

[ipv4]
address1=10.42.0.2/24
method=manual
`

/** What Berth writes for the first start out of that. */
function carriedProfile(): string {
  const carried = wifiProfileOf(expectOk(parseKeyfile(kept)))?.carried
  if (carried === undefined || 'refusal' in carried) throw new Error('the network is refused')
  return `# ${'0123456789abcdef'.repeat(2)}\n${carried.text}`
}

const asRoot = (command: string) => `echo ${anna.password} | LC_ALL=C sudo -S -p '' sh -c '${command}'`
/** Two radios that hear each other, and an access point on the second one, by the system's own programs. */
const radios = 'modprobe mac80211_hwsim radios=2 && sleep 5 && nmcli -t -f DEVICE,STATE device | grep ^wlan'
const accessPoint = [
  `nmcli connection add type wifi ifname wlan1 con-name mast autoconnect no ssid "${network.ssid}"`,
  `wifi.mode ap wifi-sec.key-mgmt wpa-psk wifi-sec.psk ${network.key}`,
  'ipv4.method manual ipv4.addresses 10.42.0.1/24 ipv6.method disabled >/dev/null && nmcli connection up mast >/dev/null',
].join(' ')
const client = (state: string) =>
  `LC_ALL=C nmcli -t -f DEVICE,STATE,CONNECTION device | grep '^wlan0:${state}'`
const joins = `for try in $(seq 40); do ${client('connected:')} && break; sleep 5; done`

describe("the desktop with a Wi-Fi network of the present system's", () => {
  it('joins it by itself with the key that came along', { timeout: sittingLimitMs }, async () => {
    const pc = await own.pc()
    const wifi = [{ name: 'leuchtturm', profile: carriedProfile() }]
    await pc.install('--profile', own.profile({ wifi }))
    expect(volumeHolds(await pc.bootVolume(), network.key), 'the installer left it').toBe(true)
    await sitAt(pc, {}, async (person) => {
      await comesToLogin(person)
      await person.reads(/Berth: trial confirmed/, startLimitMs)
      await person.signsInOnSerial(anna.user, anna.password, 300_000)
      const run = (command: string) => person.runs(command, 300_000)
      const file = '/etc/NetworkManager/system-connections/leuchtturm.nmconnection'
      expect(await run(asRoot(`stat -c "%a %U" ${file}`))).toEqual(['600 root'])
      expect(await run(asRoot(radios))).toHaveLength(2)
      expect(await run(client('')), 'no access point yet').toEqual(['wlan0:disconnected:'])
      expect(await run(asRoot(accessPoint))).toEqual([])
      expect(await run(joins)).toEqual([`wlan0:connected:${network.ssid}`])
      expect((await run('berth-status')).join('\n')).not.toContain(network.ssid)
      await person.pc.powerButton()
    })
    expect(volumeHolds(await pc.bootVolume(), network.key), 'used up at the first start').toBe(false)
    await pc.confirm()
    await pc.undo()
  })
})
