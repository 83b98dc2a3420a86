import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { vendor } from '../../base/well-known.ts'

const desktop = join(import.meta.dirname, '../../../assets/system/desktop')
const programs = join(desktop, 'root/usr/lib/berth')
const words = join(desktop, 'root/usr/share/berth/words')
const folder = mkdtempSync(join(tmpdir(), 'berth-status-'))
const release = 'desktop-1.0.0-x86_64'

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  for (const name of ['bin', 'lib', 'run/boot/loader/berth', 'run/data', 'variables', 'sys/drivers/i915'])
    mkdirSync(join(folder, name), { recursive: true })
  const facts = { BERTH_RELEASE: release, BERTH_VARIABLES: join(folder, 'variables') }
  const known = { ...facts, BERTH_VENDOR: vendor.berth, BERTH_GLOBAL: vendor.global }
  const lines = Object.entries(known).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(join(folder, 'berth-release'), lines.join(''))
  wellSystem()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program that says something whatever it is asked. */
function tool(place: string, name: string, says: string): void {
  const file = join(folder, place, name)
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${says}\nEND\n`)
  chmodSync(file, 0o755)
}

function variable(name: string, vendorGuid: string, data: readonly number[] | string): void {
  const value = typeof data === 'string' ? Buffer.from(data) : Uint8Array.from(data)
  const file = join(folder, 'variables', `${name}-${vendorGuid}`)
  writeFileSync(file, Buffer.concat([Uint8Array.of(7, 0, 0, 0), value]))
}

/** A system as it should be: what each of its tools says there. */
function wellSystem(): void {
  tool('bin', 'dmsetup', '0 2600000 verity V')
  tool('bin', 'lsblk', 'disk nvme0n1 476.9G SAMSUNG MZVL2512\nloop loop0 1.2G')
  tool('bin', 'nmcli', 'connected')
  tool('bin', 'systemctl', '')
  tool('bin', 'journalctl', 'one\ntwo')
  tool('lib', 'berth-other-system', 'Boot0000 Windows Boot Manager')
  variable('SecureBoot', vendor.global, [1])
  const card = join(folder, 'sys/class/drm/card0/device')
  mkdirSync(card, { recursive: true })
  symlinkSync(join(folder, 'sys/drivers/i915'), join(card, 'driver'))
}

function facts(): string {
  const ended = spawnSync('sh', [join(programs, 'status-facts')], {
    encoding: 'utf8',
    env: {
      PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
      BERTH_FACTS: join(folder, 'berth-release'),
      BERTH_RUN: join(folder, 'run'),
      BERTH_SYS: join(folder, 'sys'),
      BERTH_PROGRAMS: join(folder, 'lib'),
    },
  })
  if (ended.error !== undefined) throw ended.error
  expect(ended.stderr).toBe('')
  return ended.stdout
}

const factOf = (name: string) =>
  facts()
    .split('\n')
    .filter((line) => line.startsWith(`${name}\t`))
    .map((line) => line.slice(name.length + 1))

/** The page that berth-status shows of these facts. */
function page(told: string, language: string): { text: string; attention: boolean } {
  const program = [
    'import sys',
    'sys.path.insert(0, sys.argv[1])',
    'from berth import status',
    'facts = status.parse(sys.stdin.read())',
    'sys.stdout.buffer.write(status.page(facts).encode())',
    'sys.exit(3 if status.needs_attention(facts) else 0)',
  ]
  const ended = spawnSync('python3', ['-B', '-c', program.join('\n'), join(programs, 'python')], {
    input: told,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', BERTH_WORDS: words, LANG: language },
  })
  if (ended.error !== undefined) throw ended.error
  expect(ended.stderr).toBe('')
  return { text: ended.stdout, attention: ended.status === 3 }
}

describe("the system's state on one page", () => {
  it('is well when nothing failed and the root is as it was signed', () => {
    const { text, attention } = page(facts(), 'en_US.UTF-8')
    expect(attention).toBe(false)
    const lines = text.split('\n').map((line) => line.replace(/ {2,}/, ': '))
    expect(lines[1]).toBe('Nothing needs attention.')
    expect(lines).toEqual(
      expect.arrayContaining([
        `System: ${release}`,
        'System files: as they were signed, as far as they were read',
        'Disk: nvme0n1 476.9G SAMSUNG MZVL2512',
        'Graphics driver: i915',
        'Secure Boot: on',
        'Trial start: none is waiting',
        'Other system: Windows Boot Manager',
        'Errors in the journal: 2',
      ]),
    )
    expect(text).not.toContain('loop0')
  })

  it('says the same in German, each fact by its own words', () => {
    const { text } = page(facts(), 'de_DE.UTF-8')
    expect(text).toContain('Nichts verlangt Aufmerksamkeit.')
    expect(text).toMatch(/^Dateien des Systems +wie sie signiert wurden/m)
  })

  it.each([
    [
      'a unit that failed',
      () => tool('bin', 'systemctl', 'cups.service loaded failed failed CUPS'),
      'cups.service',
    ],
    ['a root that differs', () => tool('bin', 'dmsetup', '0 2600000 verity C'), 'DAMAGED'],
    ['a root that is not verified', () => tool('bin', 'dmsetup', ''), 'not verified'],
    [
      'that nothing is kept',
      () => writeFileSync(join(folder, 'run/volatile'), 'no data partition\n'),
      'no data partition',
    ],
  ])('asks for attention: %s', (_what, change, said) => {
    change()
    const { text, attention } = page(facts(), 'en_US.UTF-8')
    expect(attention).toBe(true)
    expect(text).toContain(said)
  })

  it('tells whether the trial start was confirmed', () => {
    variable('BerthArmed', vendor.berth, `${release} 00ff`)
    expect(factOf('trial')).toEqual(['waiting'])
    variable('BerthTrial', vendor.berth, `${release} 00fe`)
    expect(factOf('trial')).toEqual(['waiting'])
    variable('BerthTrial', vendor.berth, `${release} 00ff`)
    expect(factOf('trial')).toEqual(['confirmed'])
  })

  it('tells what opens the files, and asks for attention while only the TPM does', () => {
    expect(factOf('encryption')).toEqual(['none'])
    const device = join(folder, 'device')
    const encrypted = (by: string, tokens: string) => {
      writeFileSync(join(folder, 'run/encryption'), `${by} ${device}\n`)
      writeFileSync(device, Buffer.concat([Buffer.from('LUKS'), Buffer.alloc(4092), Buffer.from(tokens)]))
    }
    encrypted('passphrase', '{}')
    expect(factOf('encryption')).toEqual(['passphrase'])
    encrypted('tpm', '{"tokens":{"0":{"type":"systemd-tpm2"}}}')
    expect(factOf('encryption')).toEqual(['tpm-alone'])
    expect(page(facts(), 'en_US.UTF-8')).toMatchObject({
      attention: true,
      text: expect.stringContaining('NO RECOVERY KEY') as string,
    })
    encrypted('tpm', '{"tokens":{"0":{"type":"systemd-tpm2"},"1":{"type":"systemd-recovery"}}}')
    expect(factOf('encryption')).toEqual(['tpm'])
    expect(page(facts(), 'en_US.UTF-8').attention).toBe(false)
  })

  it('tells why a start was refused, and keeps what is no text out of the page', () => {
    const reason = 'the root image is not\u001b[2J the one'
    writeFileSync(join(folder, 'run/boot/loader/berth/failed-start.txt'), `${release}\n${reason}\n`)
    expect(factOf('refused')).toEqual(['the root image is not [2J the one'])
  })
})

describe('the words of the desktop', () => {
  it('are the same in every language, with the same places to fill', () => {
    const table = (language: string) =>
      JSON.parse(readFileSync(join(words, `${language}.json`), 'utf8')) as Record<string, string>
    const places = (language: string) =>
      Object.entries(table(language)).map(([key, text]) => `${key} ${text.split('{}').length}`)
    expect(places('de').sort()).toEqual(places('en').sort())
  })
})
