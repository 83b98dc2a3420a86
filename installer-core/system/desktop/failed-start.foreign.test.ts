import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { parseFailedStart } from '../../probe/failed-start.ts'

const desktop = join(import.meta.dirname, '../../../assets/system/desktop')
const script = join(desktop, 'berth-failed-start')
const folder = mkdtempSync(join(tmpdir(), 'berth-failed-start-'))
const notes = join(folder, 'run/boot/loader/berth')
const note = join(notes, 'failed-start.txt')
const release = 'desktop-1.0.0-x86_64'
const reason = 'the last start did not reach the login screen'

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(notes, { recursive: true })
  writeFileSync(join(folder, 'berth-release'), `BERTH_RELEASE='${release}'\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const plenty = 50_000_000

/** It runs under BusyBox before the root is open, and under the system's own shell afterwards. */
describe.each([
  ['the system shell', ['sh']],
  ['BusyBox', ['busybox', 'sh']],
] as const)('what a failed start leaves, by %s', (_name, [program, ...first]) => {
  /** With a boot volume that has `free` kilobytes, and a `mv` that may fail as a power cut would have it. */
  function keep(text: string, { free = plenty, mv = 'command mv "$@"', mount = '' } = {}) {
    const line = [
      `mount() { echo "$*" >>'${join(folder, 'mounts')}'; ${mount} }`,
      `df() { printf 'Filesystem 1024-blocks Used Available\\n/dev/x 99 9 %s\\n' ${free}; }`,
      `mv() { ${mv}; }`,
      `. '${script}'`,
    ].join('\n')
    const ended = spawnSync(program, [...first, '-c', line, 'sh', reason], {
      encoding: 'utf8',
      input: text,
      env: {
        PATH: '/usr/bin:/bin',
        BERTH_FACTS: join(folder, 'berth-release'),
        BERTH_RUN: join(folder, 'run'),
      },
    })
    if (ended.error !== undefined) throw ended.error
    expect(ended.stderr).toBe('')
    return ended.status
  }
  const kept = () => readFileSync(note, 'utf8')

  it('is the release, the reason and what was said, on a volume that is open for that alone', () => {
    expect(keep('[1.0] one\n[2.0] two\n')).toBe(0)
    expect(kept()).toBe(`${release}\n${reason}\n[1.0] one\n[2.0] two\n`)
    const boot = join(folder, 'run/boot')
    expect(readFileSync(join(folder, 'mounts'), 'utf8')).toBe(
      `-o remount,rw ${boot}\n-o remount,ro ${boot}\n`,
    )
    expect(parseFailedStart(kept())).toEqual({ release, reason, said: ['[1.0] one', '[2.0] two'] })
  })

  it('is the end of a long text, which Berth reads', () => {
    const lines = Array.from({ length: 9000 }, (_, at) => `[${at}.0] a line that says something ${at}`)
    expect(keep(lines.join('\n'))).toBe(0)
    expect(kept().length).toBeGreaterThan(40_000)
    expect(kept().length).toBeLessThan(50_000)
    expect(parseFailedStart(kept())?.said.at(-1)).toBe(lines.at(-1))
  })

  it('has no serial numbers of devices and no network addresses', () => {
    keep('usb 1-1: SerialNumber: 4C530001230415\ne1000 eth0: 52:54:00:aB:cd:ef link up\n')
    expect(kept()).toContain('usb 1-1: SerialNumber: -\ne1000 eth0: - link up\n')
  })

  it('replaces an older one', () => {
    keep('old\n')
    keep('new\n')
    expect(parseFailedStart(kept())?.said).toEqual(['new'])
  })

  it('is the reason alone where the volume is nearly full', () => {
    expect(keep('a text\n', { free: 900 })).toBe(0)
    expect(kept()).toBe(`${release}\n${reason}\n`)
  })

  it('is the older one, whole, where the new one cannot be put in its place', () => {
    keep('old\n')
    expect(keep('new\n', { mv: 'return 1' })).toBe(1)
    expect(parseFailedStart(kept())?.said).toEqual(['old'])
    expect(existsSync(join(notes, 'failed-start.tmp'))).toBe(false)
  })

  it('is nothing where the volume cannot be opened, or is not one of ours', () => {
    expect(keep('text\n', { mount: 'return 1;' })).toBe(1)
    rmSync(notes, { recursive: true })
    expect(keep('text\n')).toBe(1)
    expect(existsSync(note)).toBe(false)
  })
})

describe('a system whose login screen does not come', () => {
  /** What its tools say, greetd having failed or not. */
  function start(greetd: 'failed' | 'waiting') {
    const tools = {
      systemctl: `case $1 in is-failed) ${greetd === 'failed'} ;; list-jobs) echo '7 x.device start running' ;; *) echo 'x.service loaded failed failed X' ;; esac`,
      journalctl: 'case $1 in --sync) ;; *) echo "[1.0] kernel: hello" ;; esac',
      mount: 'true',
      df: `printf 'Filesystem 1024-blocks Used Available\\n/dev/x 99 9 ${plenty}\\n'`,
      'berth-say': 'echo "said: $*"',
    }
    for (const [name, does] of Object.entries(tools)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${does}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    copyFileSync(script, join(folder, 'berth-failed-start'))
    const ended = spawnSync('sh', [join(desktop, 'root/usr/lib/berth/start-failed')], {
      encoding: 'utf8',
      env: {
        PATH: `${folder}:/usr/bin:/bin`,
        BERTH_FACTS: join(folder, 'berth-release'),
        BERTH_RUN: join(folder, 'run'),
        BERTH_PROGRAMS: folder,
      },
    })
    if (ended.error !== undefined) throw ended.error
    expect(ended.stderr).toBe('')
    return ended.stdout
  }

  it.each([
    ['failed', 'the login screen could not be started'],
    ['waiting', 'no login screen came in three minutes'],
  ] as const)('keeps what was said, and last what failed and is waited for: greetd %s', (state, why) => {
    expect(start(state)).toBe(`said: kept for the other system: ${why}\n`)
    expect(readFileSync(note, 'utf8')).toBe(
      `${release}\n${why}\n[1.0] kernel: hello\n7 x.device start running\nx.service loaded failed failed X\n`,
    )
  })
})
