import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesBelow } from '../adapters/catalogue/testing/catalogue-kit.ts'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { memoryConnection } from '../api/testing/memory-transport.ts'
import { createClient } from '../api/client.ts'
import { MiB } from '../base/bytes.ts'
import { hashPassword, saltFrom } from '../base/password-hash.ts'
import { expectOk } from '../base/result.ts'
import { target, outcomeOf, smallPracticePc, undo, value, wholeRun } from '../engine/testing/engine-kit.ts'
import { testEngine } from '../engine/testing/test-engine.ts'
import type { PlannedStep } from '../model/plan.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { newPracticePc } from '../practice/new-pc.ts'
import { readText } from '../steps/boot-files.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { faces, runBerth } from './testing/run-berth.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-first-start-'))
const env = {
  BERTH_KEYS: join(folder, 'keys'),
  BERTH_CACHE: join(folder, 'cache'),
  BERTH_DATA: join(folder, 'data'),
}
const [pc, release, profile] = [join(folder, 'pc'), join(folder, 'release'), join(folder, 'profile.json')]
const salt = saltFrom(crypto.getRandomValues(new Uint8Array(16)))
const passwordHash = hashPassword('canary-in-the-coal-mine', salt, 1000)
const psk = 'canary-of-the-network'
const profileText = `# ${'0f'.repeat(16)}\n[wifi-security]\npsk=${psk}\n`
const you = {
  language: 'de_DE.UTF-8',
  user: 'anna',
  passwordHash,
  wifi: [{ name: 'home', profile: profileText }],
} as const
/** What must be nowhere but on the boot volume: the password, its hash, its salt, and the key to the network. */
const secrets = ['canary-in-the-coal-mine', passwordHash.slice(-40), salt, psk]
const expectNoSecret = (what: string, text: string) => {
  for (const secret of secrets) expect(text.includes(secret), `${what} holds ${secret}`).toBe(false)
}
/** Every file but disks and the profile itself. */
const expectNoSecretBelow = (root: string) => {
  for (const path of filesBelow(root))
    if (path !== profile && !/\.(raw|img)$/.test(path)) expectNoSecret(path, readFileSync(path, 'latin1'))
}

beforeAll(async () => {
  expectOk(await newPracticePc(pc, { like: 'windows-gap', unstarted: true }))
  const signer = expectOk(await developmentSigner(join(env.BERTH_KEYS, 'dev-key.pem')))
  await makeCutTestRelease(release, { signer, takesAll: true })
  writeFileSync(profile, JSON.stringify({ schema: 'berth/choices/1', bootSpace: 128 * MiB, you }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function credential(name: string, steps: readonly PlannedStep[]): Promise<string | null> {
  const step = steps.find((one) => one.kind === 'write-credentials')
  if (step?.kind !== 'write-credentials') throw new Error('no such step')
  const opened = expectOk(await openPracticePc(pc, { access: 'read' }))
  const tree = expectOk(await opened.platform.openBootVolume(step.target.disk, step.target.partition))
  const text = expectOk(await readText(tree, `/loader/credentials/berth.${name}.cred`))
  expectOk(await tree.close())
  await opened.close()
  return text
}

it.each(faces)(
  'the command line from $name writes secrets onto the boot volume and says them nowhere',
  async (face) => {
    const said: string[] = []
    const berth = async (...args: string[]) => {
      const run = await runBerth(face, args, { env })
      said.push(run.out, run.err)
      return run
    }
    const on = ['--pc', pc, '--release', release, '--profile', profile]
    expectNoSecret('the arguments', on.join(' '))
    await berth('check', ...on)
    await berth('plan', ...on)
    const plan = (await berth('plan', ...on, '--json')).document()
    const fingerprint = String(plan['fingerprint'])
    const installed = await berth('install', ...on, '--yes', fingerprint, '--json')
    expect(installed.exit, installed.err).toBe(0)
    const steps = plan['steps'] as PlannedStep[]
    expect(await credential('password-hash', steps)).toBe(passwordHash)
    expect(await credential('wifi.home', steps)).toBe(profileText)
    await berth('report', join(folder, `report-${face.name}`), ...on)
    await berth('status', '--pc', pc, '--json')
    expect((await berth('undo', '--pc', pc, '--yes', '--json')).exit).toBe(0)
    expect((await berth('status', '--pc', pc, '--json')).document()['state']).toBe('absent')
    // A profile that is broken is not quoted.
    const broken = join(folder, `broken-${face.name}`)
    writeFileSync(broken, `{"schema":"berth/choices/1","you":{"passwordHash":"${passwordHash}",}}`)
    expect((await berth('plan', '--pc', pc, '--release', release, '--profile', broken)).exit).toBe(2)
    rmSync(broken)
    expectNoSecret('what was said', said.join('\n'))
    expectNoSecretBelow(folder)
    // The report tells of the step all the same, and the search finds what there is to find.
    const report = filesBelow(join(folder, `report-${face.name}`)).map((path) => readFileSync(path, 'utf8'))
    expect(report.some((text) => text.includes('"write-credentials"'))).toBe(true)
    expect(report.some((text) => text.includes('"passwordHash":"sha256:'))).toBe(true)
    expect(() => expectNoSecret('the profile', readFileSync(profile, 'utf8'))).toThrow()
  },
)

it('the engine says them to no page, keeps them in no log, and puts them into no report', async () => {
  const world = testEngine()
  const signer = expectOk(await developmentSigner())
  await makeCutTestRelease(join(world.folder, 'releases', 'cut-test-1.0.0-x86_64'), {
    signer,
    takesAll: true,
  })
  const [page, host] = memoryConnection()
  world.engine.attach(host)
  const client = createClient(page, { locale: 'en' })
  const asked = {
    target,
    goal: 'install',
    release: 'cut-test-1.0.0-x86_64' as ReleaseId,
    choices: { schema: 'berth/choices/1', bootSpace: (128 * MiB) as never, you },
  } as const
  await smallPracticePc(client)
  const planned = value(await client.call('plan.make', asked))
  const fingerprint = planned.plan?.fingerprint ?? ''
  const { run } = value(await client.call('run.start', { ...asked, fingerprint }))
  expect(outcomeOf(await wholeRun(client, run))).toBe('installed')
  const { choices, release: id } = asked
  value(await client.call('report.preview', { target, release: id, choices }))
  value(await client.call('report.save', { target, release: id, choices }))
  value(await client.call('runs.list', {}))
  expect(await undo(client)).toBe('undone')
  // What is refused for its form is not quoted either.
  const wrong = { ...choices, you: { ...you, passwordHash: `${passwordHash}!` } }
  expect((await client.call('plan.make', { ...asked, choices: wrong })).ok).toBe(false)
  expectNoSecret('what the engine said', host.sent.join('\n'))
  expectNoSecretBelow(world.folder)
  expectNoSecret('faults', world.faults.join('\n'))
  await world.remove()
})
