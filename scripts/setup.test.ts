import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import packages from './system-packages.json' with { type: 'json' }

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the set-up on a machine whose only programs are those in `folder`. */
function setUp(...args: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, 'setup.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: folder, HOME: folder },
  })
}

function addProgram(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

describe('a machine that lacks packages', () => {
  it('gets the one line to run, and exit code 5', () => {
    const { status, stdout, stderr } = setUp('start')
    expect(status).toBe(5)
    expect(stdout).toBe('')
    const [line, ...others] = stderr.split('\n').filter((text) => text.includes('apt-get'))
    expect(others).toEqual([])
    expect(line).toMatch(/^ {4}sudo apt-get install -y --no-install-recommends [a-z0-9 -]+$/)
    expect(line).toContain(' qemu-system-x86 ')
    expect(line).not.toContain('wine')
  })

  it('is asked for what the tests need as well when the tests are to run', () => {
    const { status, stderr } = setUp('test')
    expect(status).toBe(5)
    expect(stderr).toMatch(/sudo apt-get install .* wine .*/)
    expect(setUp('test-all').stderr).toBe(stderr)
  })

  it('does not ask for a package that the distribution says is installed', () => {
    addProgram('dpkg-query', 'test "$3" = xz-utils && printf installed')
    const { stderr } = setUp('start')
    expect(stderr).toContain('ntfs-3g')
    expect(stderr).not.toContain('xz-utils')
  })

  it.runIf(process.getuid?.() === 0)('installs them itself for root, and says what did not work', () => {
    const log = join(folder, 'log')
    addProgram('apt-get', `echo "$@" >>${log}; exit 100`)
    const { status, stderr } = setUp('start')
    expect(status).toBe(5)
    expect(stderr).toContain('This did not work: apt-get install')
    const [update, install] = readFileSync(log, 'utf8').split('\n')
    expect(update).toMatch(/ update$/)
    expect(install).toMatch(/ install -y --no-install-recommends .*qemu-system-x86/)
  })
})

it('refuses a task that it does not know', () => {
  const { status, stderr } = setUp('tset')
  expect(status).toBe(2)
  expect(stderr).toBe(
    'usage: node scripts/setup.mjs start|demo|test|test-all|bench|bench-boot|package|screenshots\n',
  )
})

it('names each package once, and a way to see that it is there', () => {
  const names = packages.needs.map((need) => need.package)
  expect(new Set(names).size).toBe(names.length)
  for (const need of packages.needs) {
    const checks = Object.keys(need).filter((key) => ['programs', 'files', 'command'].includes(key))
    expect(checks, need.package).toHaveLength(1)
    expect(need.for.filter((task) => !['start', 'test', 'bench', 'package'].includes(task))).toEqual([])
  }
})
