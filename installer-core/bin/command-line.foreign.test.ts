import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { newPracticePc } from '../practice/new-pc.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { schemas } from './schemas.ts'
import { marksOf, plantPersonal } from './testing/practice-marks.ts'
import { faces, runBerth, type RunBerth } from './testing/run-berth.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-cli-'))
const pc = join(folder, 'pc')
const biosPc = join(folder, 'bios')
const release = join(folder, 'release')
const bigRelease = join(folder, 'big-release')
const env = { BERTH_KEYS: join(folder, 'keys'), BERTH_CACHE: join(folder, 'cache') }
const personal = ['S3R1AL-77', '02:aa:bb:cc:dd:ee', 'erika-muster']
let copies = 0

/** A copy whose holes stay holes. */
function copyOf(path: string): string {
  const to = join(folder, `copy-${(copies += 1)}`)
  execFileSync('cp', ['-r', '--sparse=always', path, to])
  return to
}

beforeAll(async () => {
  expectOk(await newPracticePc(pc, { like: 'windows-gap', unstarted: true }))
  expectOk(await newPracticePc(biosPc, { like: 'bios', unstarted: true }))
  const signer = expectOk(await developmentSigner(join(env.BERTH_KEYS, 'dev-key.pem')))
  await makeCutTestRelease(release, { signer })
  await makeCutTestRelease(bigRelease, { signer, version: '2.0.0', size: 192 * MiB })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(faces)('the command line from $name', (face) => {
  const berth = (args: readonly string[], options: RunBerth = {}) =>
    runBerth(face, args, { ...options, env: { ...env, ...options.env } })
  const target = (path: string, from = release) => ['--pc', path, '--release', from]
  const fingerprintOf = async (path: string, from = release) =>
    String((await berth(['plan', ...target(path, from), '--json'])).document()['fingerprint'])
  const install = async (path: string, options: RunBerth = {}, from = release) =>
    berth(['install', ...target(path, from), '--yes', await fingerprintOf(path, from), '--json'], options)

  it('explains itself, every command too, and knows its schemas', async () => {
    const help = await berth(['--help'])
    expect(help.exit).toBe(0)
    expect(help.out).toContain('Exit codes: 0 done')
    const names = [...help.out.matchAll(/^ {2}([a-z]+) /gm)].map((match) => match[1] ?? '')
    expect(names).toEqual(
      expect.arrayContaining([
        'probe',
        'check',
        'plan',
        'install',
        'status',
        'confirm',
        'undo',
        'recover',
        'report',
        'switch',
        'repair',
        'practice',
        'system',
        'demo',
        'schema',
      ]),
    )
    expect((await berth(['practice', 'boot', '--help'])).out).toContain('--until')
    const listed = (await berth(['schema'])).out.trim().split('\n')
    expect(listed).toEqual(Object.keys(schemas))
    expect(JSON.parse((await berth(['schema', 'check'])).out)).toMatchObject({ type: 'object' })
  })

  it('answers a wrong call with exit code 2, the hint that helps, and a document', async () => {
    const missing = await berth(['plan', '--pc', pc, '--json'])
    expect(missing.exit).toBe(2)
    expect(missing.err).toContain('berth plan --help')
    expect(schemas['failure']?.safeParse(missing.document()).success).toBe(true)
    for (const wrong of [
      ['--boot-space', '4GB'],
      ['--space-from', 'moon'],
      ['--space-from', 'shrink'],
    ]) {
      const answer = await berth(['plan', ...target(pc), ...wrong, '--json'])
      expect(answer.exit, wrong.join(' ')).toBe(2)
      expect(answer.document()['code']).toBe('usage')
    }
    expect((await berth(['nonsense'])).exit).toBe(2)
    // Before it is looked whether there is an ESP.
    const room = await berth(['make-room', 'no-guid', '--by', '5', '--stage', 'x', '--pc', pc, '--json'])
    expect([room.exit, room.document()['code']]).toEqual([2, 'usage'])
    // The PC comes first: what is wrong with it decides whether the rest matters.
    const nowhere = await berth(['plan', '--pc', '/nowhere', '--release', 'x'])
    expect(nowhere.exit).toBe(1)
    expect(nowhere.err).toContain('/nowhere')
  })

  it('probes, checks and plans, for people and as data, and changes nothing', async () => {
    const marks = marksOf(pc)
    const documents = { probe: 'machine', check: 'check', plan: 'plan', status: 'status' }
    for (const [command, schema] of Object.entries(documents)) {
      const args = command === 'probe' || command === 'status' ? ['--pc', pc] : target(pc)
      const answer = await berth([command, ...args, '--json'])
      expect(answer.exit, command).toBe(0)
      const parsed = schemas[schema]?.safeParse(answer.document())
      expect(parsed?.error?.message, command).toBeUndefined()
      const said = await berth([command, ...args])
      expect(said.exit, command).toBe(0)
      expect(said.out, command).not.toMatch(/undefined|\[object|\{[a-z]+[|}]/)
    }
    const plan = (await berth(['plan', ...target(pc)])).out
    expect(plan).toMatch(/before {2}\|.*3 Windows.*free/)
    expect(plan).toMatch(/after {3}\|.*3 Windows.*5 new/)
    expect(marksOf(pc)).toBe(marks)
  })

  it('takes choices from options and from a profile', async () => {
    const kinds = async (...args: string[]) => {
      const { document } = await berth(['plan', ...target(pc), ...args, '--json'])
      return (document()['steps'] as { kind: string }[]).map((step) => step.kind)
    }
    expect(await kinds('--space-from', 'gap', '--boot-space', '1GiB')).not.toContain('shrink-volume')
    const machine = (await berth(['probe', '--pc', pc, '--json'])).document() as unknown as {
      disks: { partitions: { id: string; volume: { label: string } }[] }[]
    }
    const windows = machine.disks[0]?.partitions.find(({ volume }) => volume.label === 'Windows')?.id ?? ''
    expect(await kinds('--space-from', `shrink:${windows}`)).toContain('shrink-volume')
    const profile = join(folder, `profile-${face.name}.json`)
    writeFileSync(
      profile,
      JSON.stringify({ schema: 'berth/choices/1', spaceFrom: { kind: 'shrink', partition: windows } }),
    )
    expect(await kinds('--profile', profile)).toContain('shrink-volume')
    expect(await kinds('--profile', profile, '--space-from', 'gap')).not.toContain('shrink-volume')
  })

  it('refuses with exit code 3 and the findings when nothing can be planned', async () => {
    for (const command of ['check', 'plan']) {
      const answer = await berth([command, ...target(biosPc), '--json'])
      expect(answer.exit).toBe(3)
      expect(schemas['check']?.safeParse(answer.document()).success).toBe(true)
      const issues = answer.document()['issues'] as { id: string; severity: string }[]
      expect(issues.find(({ severity }) => severity === 'blocker')?.id).toBe('firmware-bios')
    }
    expect((await berth(['check', ...target(biosPc)])).out).toContain(
      'STOP  This PC starts in the old BIOS way',
    )
  })

  it('installs only what was confirmed, says what changed otherwise, and undoes it', async () => {
    const path = copyOf(pc)
    const fingerprint = await fingerprintOf(path)
    const wrong = await berth(['install', ...target(path), '--yes', '0'.repeat(64), '--json'])
    expect(wrong).toMatchObject({ exit: 3 })
    expect(wrong.document()).toMatchObject({ schema: 'berth/report/1', outcome: 'refused' })
    const description = join(path, 'pc.json')
    const before = readFileSync(description, 'utf8')
    const locked = JSON.parse(before) as { firmware: object }
    writeFileSync(
      description,
      JSON.stringify({ ...locked, firmware: { ...locked.firmware, access: 'read-only' } }),
    )
    const changed = await berth(['install', ...target(path), '--yes', fingerprint])
    expect(changed.exit).toBe(3)
    expect(changed.out.replaceAll(/\s+/g, ' ')).toContain('What changed: firmware/access')
    writeFileSync(description, before)
    const installed = await berth(['install', ...target(path), '--yes', fingerprint, '--json'])
    expect(installed.exit).toBe(0)
    expect(schemas['report']?.safeParse(installed.document()).error?.message).toBeUndefined()
    expect(installed.document()).toMatchObject({ outcome: 'installed', fingerprint })
    for (const event of installed.documents().slice(0, -1))
      expect(schemas['event']?.safeParse(event).success, JSON.stringify(event)).toBe(true)
    expect((await berth(['status', '--pc', path])).out).toContain('on trial (Boot0001)')
    expect((await berth(['confirm', '--pc', path, '--json'])).document()).toMatchObject({
      outcome: 'refused',
    })
    expect((await berth(['switch', 'berth', '--pc', path, '--json'])).document()).toMatchObject({
      outcome: 'switched',
    })
    const undone = await berth(['undo', '--pc', path, '--yes'])
    expect(undone.exit).toBe(0)
    expect(undone.out).toMatch(/taken away\. The PC is as it was before\.[^]*Gone: 1 partition/)
    expect((await berth(['undo', '--pc', path, '--yes', '--json'])).document()).toMatchObject({
      outcome: 'nothing-to-do',
    })
    expect((await berth(['status', '--pc', path, '--json'])).document()).toMatchObject({ state: 'absent' })
  })

  it('refuses altered, unsigned and cut releases before any write', async () => {
    const fingerprint = await fingerprintOf(pc)
    const marks = marksOf(pc)
    const harm: readonly ((path: string) => void)[] = [
      (path) => rmSync(join(path, 'release.json.sig')),
      (path) => appendFileSync(join(path, 'release.json'), ' '),
      (path) => writeFileSync(join(path, 'cut-test-1.0.0-x86_64.efi'), Buffer.alloc(256 * 1024 - 1000)),
      (path) => writeFileSync(join(path, 'cut-test-1.0.0-x86_64.efi'), 'short'),
      (path) => rmSync(join(path, 'cut-test-1.0.0-x86_64.txt')),
    ]
    for (const [index, damage] of harm.entries()) {
      const bad = copyOf(release)
      damage(bad)
      const answer = await berth(['install', ...target(pc, bad), '--yes', fingerprint, '--json'])
      expect(answer.exit, `${index}: ${answer.out}`).toBe(3)
      expect(answer.document()).toMatchObject({ outcome: 'refused' })
    }
    expect(marksOf(pc)).toBe(marks)
  })

  it('comes back from a cut, and lets nobody in before', async () => {
    for (const [changes, end] of [
      [3, 'absent'],
      [100000, 'trial'],
    ] as const) {
      const path = copyOf(pc)
      const cut = await install(path, { env: { BERTH_CUT_AFTER: `${changes}` } })
      if (cut.signal === 'SIGKILL') {
        expect((await berth(['status', '--pc', path, '--json'])).document()).toMatchObject({
          state: 'interrupted',
        })
        const again = await berth(['install', ...target(path), '--yes', '0'.repeat(64), '--json'])
        expect(again.exit).toBe(3)
        expect(again.document()['failure']).toMatchObject({ code: 'run-open' })
        const recovered = await berth(['recover', '--pc', path, '--json'])
        expect(recovered.exit).toBe(0)
        expect(['installed', 'rolled-back']).toContain(recovered.document()['outcome'])
      }
      expect(cut.signal).toBe(end === 'absent' ? 'SIGKILL' : null)
      expect((await berth(['status', '--pc', path, '--json'])).document()).toMatchObject({ state: end })
    }
  })

  it('stops at the next safe point on Ctrl-C, and says how to go on', async () => {
    const path = copyOf(pc)
    let stopped = false
    const answer = await install(
      path,
      {
        onOutput: (text, stop) => {
          if (stopped || !text.includes('"kind":"write-files"')) return
          stopped = true
          stop('SIGINT')
        },
      },
      bigRelease,
    )
    expect(answer.err).toContain('Stopping at the next safe point')
    const { outcome } = answer.document()
    expect(['rolled-back', 'interrupted']).toContain(outcome)
    expect(answer.exit).toBe(outcome === 'interrupted' ? 6 : 1)
    if (outcome === 'interrupted') await berth(['recover', '--pc', path])
    expect((await berth(['status', '--pc', path, '--json'])).document()).toMatchObject({ state: 'absent' })
  })

  it('reports without anything personal, and the same plan comes of it elsewhere', async () => {
    const path = copyOf(pc)
    plantPersonal(path)
    expect((await install(path)).exit).toBe(0)
    expect((await berth(['undo', '--pc', path, '--yes', '--json'])).exit).toBe(0)
    const out = join(folder, `report-${face.name}`)
    expect((await berth(['report', out, ...target(path)])).exit).toBe(0)
    const names = readdirSync(out)
    expect(names).toEqual(
      expect.arrayContaining(['machine.json', 'choices.json', 'issues.json', 'plan.json', 'versions.json']),
    )
    const text = names.map((name) => readFileSync(join(out, name), 'utf8')).join('\n')
    for (const secret of personal) expect(text.toLowerCase()).not.toContain(secret.toLowerCase())
    const elsewhere = await berth([
      'plan',
      '--machine',
      join(out, 'machine.json'),
      '--release',
      release,
      '--json',
    ])
    expect(elsewhere.document()['fingerprint']).toBe(await fingerprintOf(path))
    const probed = (await berth(['probe', '--pc', path])).out
    expect(probed.includes('\u202e') || probed.includes('\u001b')).toBe(false)
    expect(
      (
        await berth([
          'install',
          '--machine',
          join(out, 'machine.json'),
          '--release',
          release,
          '--yes',
          '0'.repeat(64),
        ])
      ).exit,
    ).toBe(3)
    expect((await berth(['report', out, ...target(path)])).exit).toBe(1)
    expect(existsSync(join(out, 'README.txt'))).toBe(true)
  })
})
