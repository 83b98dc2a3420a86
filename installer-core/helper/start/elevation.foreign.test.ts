import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobody, normalUser, type NormalUser } from '../testing/normal-user.ts'
import { bootstrapExit, carriedProgram } from './bootstrap.ts'
import { keptCapabilities } from './confinement.ts'

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
}
const kept = keptCapabilities.reduce((sum, name) => sum + 2n ** BigInt(bits[name]), 0n)

function expectConfined(report: string | null, caller: string): void {
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
    '/run/berth-helper/berth',
    expect.stringMatching(/^\/run\/berth-helper\/berth helper 0 555 ro,nosuid,nodev,/),
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
