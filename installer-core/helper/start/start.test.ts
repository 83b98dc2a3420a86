import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bootstrapExit, bootstrapScript, carriedProgram, installedScript, ownProgram } from './bootstrap.ts'
import type { elevators } from './routes.ts'
import { elevated, startFailure } from './routes.ts'
import { installedHelper } from './start-helper.ts'

const assets = join(import.meta.dirname, '../../../assets/polkit')
const asking = { terminal: false, askpass: false }
const failed = (by: (typeof elevators)[number] | null, exitCode: number | null, said = '') =>
  startFailure(by, { exitCode, signal: null, said })?.failure.code ?? null

describe('what root is asked to run', () => {
  it('has the same text whatever is carried', () => {
    const [one, two] = [carriedProgram('a'.repeat(64), 1), carriedProgram('b'.repeat(64), 2)]
    expect(one.slice(0, -2)).toEqual(two.slice(0, -2))
    expect(one.slice(-2)).toEqual(['a'.repeat(64), '1'])
    expect(one).toContain(bootstrapScript)
    expect(one[0]).toMatch(/^\//)
  })

  it('is asked for by argument lists', () => {
    const inner = ['/usr/lib/berth/berth-helper']
    expect(elevated('pkexec', inner, asking)).toEqual(['pkexec', '--disable-internal-agent', ...inner])
    expect(elevated('pkexec', inner, { ...asking, terminal: true })).toEqual(['pkexec', ...inner])
    expect(elevated('run0', inner, asking).slice(-2)).toEqual(['--', ...inner])
    expect(elevated('sudo', inner, asking)).toEqual(['sudo', '-n', '--', ...inner])
    expect(elevated('sudo', inner, { ...asking, terminal: true })).toEqual(['sudo', '--', ...inner])
    expect(elevated('sudo', inner, { terminal: true, askpass: true })).toEqual(['sudo', '-A', '--', ...inner])
  })

  it('is shell that dash and bash take, and nothing is left of the environment', () => {
    for (const script of [bootstrapScript, installedScript]) {
      for (const shell of ['dash', 'bash']) execFileSync(shell, ['-n', '-c', script])
      expect(script).toContain(
        'env -i PATH="$PATH" LC_ALL=C PKEXEC_UID="${PKEXEC_UID-}" SUDO_UID="${SUDO_UID-}" setpriv',
      )
    }
    expect(ownProgram(['/usr/lib/berth/berth'])).toContain('-i')
  })

  it('is what a package installs, and what the polkit action names', () => {
    expect(readFileSync(join(assets, 'berth-helper'), 'utf8')).toBe(installedScript)
    expect(statSync(join(assets, 'berth-helper')).mode & 0o777).toBe(0o755)
    const policy = readFileSync(join(assets, 'org.berth.helper.policy'), 'utf8')
    expect(policy).toContain(
      `<annotate key="org.freedesktop.policykit.exec.path">${installedHelper}</annotate>`,
    )
    expect(policy.match(/auth_admin</g)).toHaveLength(3)
  })
})

describe('why nobody got full rights', () => {
  it.each([
    ['pkexec', 126, 'Error executing command as another user: Request dismissed', 'elevation-denied'],
    ['pkexec', 127, 'Error executing command as another user: Not authorized', 'elevation-denied'],
    [
      'pkexec',
      127,
      'Error executing command as another user: No authentication agent found.',
      'elevation-no-agent',
    ],
    [
      'pkexec',
      127,
      'Error opening current controlling terminal for the process (`/dev/tty`)',
      'elevation-no-agent',
    ],
    [
      'pkexec',
      127,
      'Error getting authority: Error initializing authority: Could not connect: No such file',
      null,
    ],
    ['pkexec', 127, 'pkexec must be setuid root', null],
    [
      'run0',
      1,
      'Failed to start transient service unit: Interactive authentication required.',
      'elevation-no-agent',
    ],
    ['run0', 1, 'Failed to start transient service unit: Access denied', 'elevation-denied'],
    ['run0', 1, 'Failed to connect to system scope bus via local transport: No such file', null],
    ['sudo', 1, 'sudo: a password is required', 'elevation-no-agent'],
    ['sudo', 1, 'sudo: 3 incorrect password attempts', 'elevation-denied'],
    ['sudo', 1, 'nobody is not in the sudoers file.', 'elevation-denied'],
    ['sudo', bootstrapExit.altered, '', 'helper-altered'],
    ['pkexec', bootstrapExit.noRoom, 'mount: only root can do that', 'helper-altered'],
    ['pkexec', 1, 'something else', 'helper-lost'],
    [null, 1, 'setpriv: not found', 'helper-lost'],
  ] as const)('%s, exit %s, "%s": %s', (by, exitCode, said, code) => {
    expect(failed(by, exitCode, said)).toBe(code)
  })
})
