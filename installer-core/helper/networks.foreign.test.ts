import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesBelow } from '../adapters/catalogue/testing/catalogue-kit.ts'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import type { Choices } from '../model/choices.ts'
import type { KnownNetworks } from '../model/networks.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { readText } from '../steps/boot-files.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import type { RemoteInstaller } from './remote-installer.ts'
import { choices, helpedPc, value, type HelpedPc } from './testing/helped-pc.ts'

const key = 'canary-in-the-mine'
const release = 'cut-test-2.0.0-x86_64' as ReleaseId
let world: HelpedPc
let open: OpenRelease

beforeAll(async () => {
  world = await helpedPc()
  await makeCutTestRelease(join(world.releases, release), { version: '2.0.0', takesAll: true })
  open = value(await openReleaseFolder(join(world.releases, release)))
  put('lib/NetworkManager/secret_key', 'nm-v2:secret')
  knowNetwork(key)
})
afterAll(() => world.remove())

const linux = () => join(world.folder, 'linux')
function put(path: string, text: string): void {
  const file = join(linux(), path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  chmodSync(file, 0o600)
}
function knowNetwork(psk: string): void {
  const text = `[connection]\ntype=wifi\n[wifi]\nssid=Zuhause\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=${psk}\n`
  put('etc/NetworkManager/system-connections/home.nmconnection', text)
}
const start = () => world.start({ BERTH_TEST_LINUX: linux() })
const wanting = (wifi: NonNullable<Choices['you']>['wifi']): Choices => ({
  ...choices,
  ...(wifi === undefined ? {} : { you: { wifi } }),
})
const chosen = ({ networks }: KnownNetworks) => networks.map(({ id, seal }) => ({ name: id, profile: seal }))
const networksOf = async (remote: RemoteInstaller) => {
  const known = value(await remote.networks())
  if (known === null) throw new Error('no networks were told')
  return known
}

it('a helper that knows no running Linux tells of no networks', async () => {
  const helper = world.start()
  expect(value(await helper.installer().networks())).toBeNull()
  helper.child.stdin?.end()
  await helper.ended
})

it('a raw client that names what the helper did not tell, or tells no more, changes nothing', async () => {
  const helper = start()
  const remote = helper.installer()
  const [told] = chosen(await networksOf(remote))
  if (told === undefined) throw new Error('no network was told')
  const before = world.marks()
  // Whoever asks can make the plan itself, and the fingerprint with it: the plan holds seals, the helper has the texts.
  const refused = async (wifi: { readonly name: string; readonly profile: string }) => {
    const { plan } = value(await remote.plan(wanting([wifi]), open))
    const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: null }
    expect(plan?.steps.some(({ kind }) => kind === 'write-credentials')).toBe(true)
    expect(await remote.install(wanting([wifi]), open, confirmation)).toMatchObject({
      ok: false,
      failure: { code: 'network-changed' },
    })
  }
  await refused({ name: 'fedcba9876543210', profile: told.profile })
  await refused({ name: told.name, profile: `sha256:${'0'.repeat(64)}` })
  await refused({ name: 'etc-shadow', profile: `sha256:${'0'.repeat(64)}` })
  // The network was changed after it was told.
  knowNetwork('another-canary')
  await refused(told)
  knowNetwork(key)
  expect([world.marks(), world.changes()]).toEqual([before, 0])
  helper.child.stdin?.end()
  await helper.ended
})

it('a network comes along with its key, which is nowhere but in its file on the boot volume', async () => {
  const first = start()
  const earlier = first.installer()
  const wanted = wanting(chosen(await networksOf(earlier)))
  const planned = value(await earlier.plan(wanted, open))
  first.child.stdin?.end()
  await first.ended
  // Another helper, as another command has: what was shown before can still be confirmed.
  const helper = start()
  const remote = helper.installer()
  const { plan } = value(await remote.plan(wanted, open))
  expect(plan).toEqual(planned.plan)
  const said: string[] = [JSON.stringify([planned, await networksOf(remote)])]
  const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: null }
  const onEvent = (event: unknown) => void said.push(JSON.stringify(event))
  const report = value(await remote.install(wanted, open, confirmation, { onEvent }))
  expect(report).toMatchObject({ outcome: 'installed', failure: null })
  const [network] = wanted.you?.wifi ?? []
  const text = await credential(plan?.steps ?? [], network?.name ?? '')
  expect(text).toMatch(/^# [0-9a-f]{32}\n\[connection\]\nid=Zuhause\ntype=wifi\n/)
  expect(text).toContain(`psk=${key}\n`)
  said.push(JSON.stringify([report, value(await remote.status())]))
  for (const run of value(await remote.journal.runs()))
    said.push(new TextDecoder().decode(value(await remote.journal.read(run))))
  const undo = value(await remote.planUndo()).plan?.fingerprint ?? ''
  expect(value(await remote.undo(undo))).toMatchObject({ outcome: 'undone' })
  helper.child.stdin?.end()
  await helper.ended
  said.push(helper.said())
  expect(said.join('\n')).not.toContain(key)
  for (const path of filesBelow(world.folder))
    if (!/\.img$/.test(path) && !path.startsWith(linux()))
      expect(readFileSync(path, 'latin1').includes(key), path).toBe(false)
})

async function credential(steps: readonly { readonly kind: string }[], name: string): Promise<string | null> {
  const step = steps.find((one) => one.kind === 'write-credentials') as
    { readonly target: { readonly disk: never; readonly partition: never } } | undefined
  if (step === undefined) throw new Error('no such step')
  const pc = value(await openPracticePc(world.pc, { access: 'read' }))
  const tree = value(await pc.platform.openBootVolume(step.target.disk, step.target.partition))
  const text = value(await readText(tree, `/loader/credentials/berth.wifi.${name}.cred`))
  value(await tree.close())
  await pc.close()
  return text
}
