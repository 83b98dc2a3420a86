import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody, normalUser, type NormalUser } from '../testing/normal-user.ts'
import { bootstrapExit, carriedProgram } from './bootstrap.ts'
import { keptCapabilities } from './confinement.ts'
import { installedHelper } from './start-helper.ts'

/* pkexec, polkitd and sudo as they are, asked by a user without rights, in a name space of their own. */
const sudoRight = 'nobody ALL=(root) NOPASSWD: ALL'
const polkitRule = (result: 'YES' | 'NO') =>
  `polkit.addRule(function (action, subject) { return subject.user == 'nobody' ? polkit.Result.${result} : undefined })`

let user: NormalUser

beforeAll(() => {
  user = normalUser()
})
afterAll(() => user.remove())

/** Bits of linux/capability.h. */
const bits: Readonly<Record<(typeof keptCapabilities)[number], number>> = {
  chown: 0,
  dac_override: 1,
  dac_read_search: 2,
  fowner: 3,
  kill: 5,
  setgid: 6,
  setuid: 7,
  setpcap: 8,
  linux_immutable: 9,
  sys_admin: 21,
  sys_resource: 24,
}
/** What this machine has to give: a container may itself lack some of them. */
const given = BigInt(`0x${/^CapBnd:\s+(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''}`)
const kept = given & keptCapabilities.reduce((sum, name) => sum + 2n ** BigInt(bits[name]), 0n)

/** Where the stand-in ran from, and how that place is mounted. */
const carried = [
  '/run/berth-helper/berth',
  expect.stringMatching(/^\/run\/berth-helper\/berth helper 0 555 ro,nosuid,nodev,/),
] as const
const packaged = [
  '/opt/berth/resources/berth',
  expect.stringMatching(/^\/opt\/berth\/resources\/berth helper 0 755 /),
]

function expectConfined(report: string | null, caller: string, place: readonly unknown[] = carried): void {
  const mask = kept.toString(16).padStart(16, '0')
  expect(report?.split('\n')).toEqual([
    'uid=0 groups=0 umask=0022 cwd=/',
    'CapInh:\t0000000000000000',
    `CapEff:\t${mask}`,
    `CapBnd:\t${mask}`,
    'NoNewPrivs:\t1',
    'LC_ALL=C',
    'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
    ...(caller === 'pkexec' ? [`PKEXEC_UID=${nobody}`, 'SUDO_UID='] : ['PKEXEC_UID=', `SUDO_UID=${nobody}`]),
    // Only the script that the stand-in is: /etc/hostname, which somebody left open, is not there.
    ...place,
    '',
  ])
}

describe('a user without rights who carries Berth along', () => {
  it('gets a helper by pkexec, confined, from a place that only root can write', () => {
    expect(user.start({ polkit: polkitRule('YES') }, 'pkexec,run0,sudo')).toEqual({ ok: true })
    expectConfined(user.report(), 'pkexec')
  })

  it('gets one by sudo where pkexec has nobody to ask', () => {
    expect(user.start({ sudo: sudoRight, noPolkit: true }, 'pkexec,run0,sudo')).toEqual({ ok: true })
    expectConfined(user.report(), 'sudo')
  })

  it('is told apart: denied, nobody there to ask, nobody answered, no way at all', () => {
    const failureOf = (answer: ReturnType<NormalUser['start']>) => (answer.ok ? 'none' : answer.failure.code)
    expect(failureOf(user.start({ polkit: polkitRule('NO') }, 'pkexec'))).toBe('elevation-denied')
    expect(failureOf(user.start({}, 'pkexec'))).toBe('elevation-no-agent')
    expect(failureOf(user.start({ noPolkit: true }, 'sudo'))).toBe('elevation-no-agent')
    expect(failureOf(user.start({ noPolkit: true }, 'pkexec'))).toBe('elevation-unavailable')
    expect(failureOf(user.start({ noPolkit: true }, 'run0'))).toBe('elevation-unavailable')
    expect(user.report()).toBeNull()
    expect(failureOf(user.start({ sudo: sudoRight, noPolkit: true }, 'sudo', { limitMs: 1 }))).toBe(
      'elevation-timed-out',
    )
  })

  it('cannot have something else run than what was hashed', () => {
    const data = readFileSync(join(user.folder, 'stand-in'))
    const sha256 = createHash('sha256').update(data).digest('hex')
    const sudo = (hash: string, length: number, input: Uint8Array) =>
      user.run(
        { sudo: sudoRight, noPolkit: true },
        ['sudo', '-n', '--', ...carriedProgram(hash, length)],
        input,
      ).exit
    user.start({ noPolkit: true }, 'run0')
    expect(sudo('0'.repeat(64), data.length, data)).toBe(bootstrapExit.altered)
    expect(sudo(sha256, data.length - 1, data)).toBe(bootstrapExit.altered)
    expect(sudo(sha256, data.length, data.subarray(0, 100))).toBe(bootstrapExit.altered)
    expect(sudo('$(touch /tmp/owned)', data.length, data)).toBe(bootstrapExit.usage)
    expect(user.report()).toBeNull()
    expect(sudo(sha256, data.length, data)).toBe(0)
    expectConfined(user.report(), 'sudo')
  })

  it("is asked in the name of Berth where a package is installed, and gets the helper that is root's own", () => {
    const installed = installedPackage(user.folder)
    const ask = (polkit?: string) =>
      user.start(polkit === undefined ? { installed } : { installed, polkit }, 'pkexec', {
        installed: installedHelper,
      })
    // Only this action is allowed: the general one, that pkexec asks for otherwise, would find nobody to ask.
    const named = `polkit.addRule(function (action, subject) {
      return action.id == 'org.berth.helper' && subject.user == 'nobody' ? polkit.Result.YES : undefined })`
    expect(ask(named)).toEqual({ ok: true })
    expectConfined(user.report(), 'pkexec', packaged)
    const general = named.replace('org.berth.helper', 'org.freedesktop.policykit.exec')
    expect(ask(general)).toMatchObject({ ok: false, failure: { code: 'elevation-no-agent' } })
    expect(ask(named.replace('Result.YES', 'Result.NO'))).toMatchObject({
      ok: false,
      failure: { code: 'elevation-denied' },
    })
    expect(user.report()).toBeNull()
    const action = user.run({ installed }, ['pkaction', '--verbose', '--action-id', 'org.berth.helper']).out
    expect(action).toContain('Berth asks for full rights')
    expect(action.match(/implicit (any|inactive|active): +auth_admin$/gm)).toHaveLength(3)
  })

  it('carries its own helper where what is installed could be changed by others', () => {
    const installed = installedPackage(user.folder)
    chmodSync(join(installed, 'usr/lib/berth'), 0o777)
    const polkit = polkitRule('YES')
    expect(user.start({ installed, polkit }, 'pkexec', { installed: installedHelper })).toEqual({ ok: true })
    expectConfined(user.report(), 'pkexec')
  })

  it('reaches the real helper with the executable, which takes nobody for anybody else', () => {
    const berth = join(user.folder, 'berth')
    copyFileSync(join(import.meta.dirname, '../../../dist/berth'), berth)
    chmodSync(berth, 0o755)
    const probed = user.run({ polkit: polkitRule('YES') }, [berth, 'probe', '--json'])
    expect(probed.err).not.toMatch(/full rights|rechten/)
    expect([0, 2]).toContain(probed.exit)
    const frames = '{"jsonrpc":"2.0","id":1,"method":"cancel","params":{}}\n'
    const asOther = ['sudo', '-n', '--', '/usr/bin/env', 'SUDO_UID=1000', berth, 'helper']
    const refused = user.run({ sudo: sudoRight, noPolkit: true }, asOther, Buffer.from(frames))
    expect([refused.exit, refused.out]).toEqual([4, ''])
  })
})

/** What a package puts onto a system for the helper, with the stand-in in the program's place. */
function installedPackage(folder: string): string {
  const installed = join(folder, 'installed')
  rmSync(installed, { recursive: true, force: true })
  const put = (from: string, to: string, mode: number) => {
    mkdirSync(join(installed, dirname(to)), { recursive: true })
    copyFileSync(from, join(installed, to))
    chmodSync(join(installed, to), mode)
  }
  const assets = join(import.meta.dirname, '../../../assets/polkit')
  put(join(assets, 'berth-helper'), installedHelper, 0o755)
  put(join(assets, 'org.berth.helper.policy'), 'usr/share/polkit-1/actions/org.berth.helper.policy', 0o644)
  put(join(folder, 'stand-in'), 'opt/berth/resources/berth', 0o755)
  return installed
}
