import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'

const initrd = join(import.meta.dirname, '../../../assets/system/desktop/initrd')
const folder = mkdtempSync(join(tmpdir(), 'berth-encrypted-'))
const at = (name: string) => join(folder, name)
const size = 20 * MiB
const mark = 'berth: this partition is being encrypted: '
const recoveryKey = Array.from({ length: 8 }, () => 'cbdefghi').join('-')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(at('run/boot/loader/credentials'), { recursive: true })
  mkdirSync(at('run/data'))
  writeFileSync(at('partition'), Buffer.alloc(size))
  for (const name of ['programs', 'said', 'shown', 'keys']) writeFileSync(at(name), '')
})

/**
 * The initrd's functions over made-up programs of the root: each says in `programs` what it was called with, and what
 * came by standard input goes to `keys`. A header is LUKS2's magic and then threes. Writes of the initrd itself are real.
 */
const programs = `
  in_root() {
    echo "$*" >>programs
    case "$*" in
      *luksFormat*)
        { cat; echo; } >>keys
        while [ "$1" != --header ]; do shift; done
        { printf 'LUKS\\272\\276\\000\\002'; head -c 16777208 /dev/zero | tr '\\000' 3; } >"$2"
        ;;
      *cryptsetup\\ open*token*) [ -e tpm-opens ] ;;
      *cryptsetup\\ open*) typed=$(cat); echo "$typed" >>keys; [ -z "$wanted" ] || [ "$typed" = "$wanted" ] || return 2 ;;
      *luksDump*) cat dump ;;
      *cryptenroll*) { cat; echo; } >>keys; [ -e tpm-seals ] ;;
      *mkfs*) head -c 64 partition | tr -d '\\000' >at-mkfs ;;
    esac
  }
  say() { echo "$*" >>said; }
  has_serial() { return 1; }
  modprobe() { :; }
  load_drivers() { echo drivers >>programs; sleep 0.1; }
  mount() { :; }
  blockdev() { stat -c %s "$2"; }
  set_terminals() { echo "terminals $1" >>programs; }
  open_consoles() { exec 6<answers 7</dev/null 8>>shown 9>/dev/null; }
  go_back() { echo "back: $*" >>said; exit 9; }
  data_partition_identity() { echo it; }
  partition_of() { echo partition; }
  dd() {
    case "$*" in *of=*)
      left=$(cat left)
      [ "$left" -gt 0 ] || { kill -9 $$; exit; }
      echo $((left - 1)) >left
    esac
    busybox dd "$@"
  }
  sync() { :; }
  words=${initrd}
`

interface Told {
  readonly answers?: readonly string[]
  /** Cut before the write of this number. */
  readonly cutBefore?: number
  /** The key that opens; any does when absent. */
  readonly wanted?: string
}

/** Opens the data partition as a start does; its exit status. */
function start({ answers = [], cutBefore = 99, wanted = '' }: Told = {}): number | null {
  writeFileSync(at('left'), `${cutBefore}`)
  writeFileSync(at('answers'), answers.map((line) => `${line}\n`).join(''))
  // Paths of the start, below our folder.
  const sources = ['berth-start', 'berth-data', 'berth-console', 'berth-encryption']
    .map((name) => readFileSync(join(initrd, name), 'utf8').replaceAll('/run/berth', at('run')))
    .join('\n')
  writeFileSync(at('start'), `${sources}\n${programs}\nopen_data\n`)
  const ended = spawnSync('busybox', ['sh', at('start')], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      wanted,
    },
  })
  if (ended.error !== undefined) throw ended.error
  expect(ended.stderr).toBe('')
  return ended.status
}

const text = (name: string) => readFileSync(at(name), 'utf8')
const lines = (name: string) => text(name).split('\n').filter(Boolean)
const partition = () => readFileSync(at('partition'))
const choose = (encryption: string, more: Readonly<Record<string, string>> = {}) => {
  for (const [name, value] of Object.entries({ encryption, ...more }))
    writeFileSync(at(`run/boot/loader/credentials/berth.${name}.cred`), value)
}
const dump = (...tokens: readonly string[]) =>
  writeFileSync(
    at('dump'),
    `Subsystem:\tde de-nodeadkeys\nTokens:\n${tokens.map((one) => `  0: ${one}\n`).join('')}`,
  )
/** A partition that was made by an earlier start. */
function made(...tokens: readonly string[]): void {
  const whole = partition()
  whole.set(Buffer.from('LUKS\xba\xbe\x00\x02', 'latin1'))
  writeFileSync(at('partition'), whole)
  dump(...tokens)
}
const isWhole = () => {
  const found = partition()
  return (
    found.toString('latin1', 0, 6) === 'LUKS\xba\xbe' &&
    found.subarray(8, 16 * MiB).every((byte) => byte === 0x33)
  )
}
const passphrase = 'a long  \\n walk, Grüße'
const typedTwice = { answers: [passphrase, passphrase] }

describe('a data partition that is to be encrypted', () => {
  it('is made with what was typed twice, which is nowhere but in the pipe', () => {
    choose('passphrase')
    expect(start({ answers: ['short', 'not the same', 'as this one', passphrase, passphrase] })).toBe(0)
    expect(isWhole()).toBe(true)
    expect(new Set(lines('keys'))).toEqual(new Set([passphrase]))
    for (const name of ['programs', 'said', 'shown', 'run/cryptsetup.txt'])
      expect(text(name), name).not.toContain('long')
    expect(text('shown')).toContain('That is too short.')
    expect(text('shown')).toContain('The two were not the same.')
    expect(text('programs')).toMatch(/luksFormat .*--pbkdf argon2id --pbkdf-memory 65536/)
    expect(
      lines('programs')
        .filter((line) => line.startsWith('terminals'))
        .at(-1),
    ).toBe('terminals echo')
    expect(text('at-mkfs'), 'the mark is there until the files are').toContain(mark)
    expect(text('programs')).toContain(
      'mkfs.ext4 -q -L berth-data -E lazy_itable_init=1,lazy_journal_init=1,nodiscard /dev/mapper/berth-data',
    )
    expect(text('run/encryption')).toBe('passphrase partition\n')
  })

  it('speaks the language and has the keyboard of the person, and keeps both for later starts', () => {
    choose('passphrase', { language: 'de_DE.UTF-8', keymap: 'us(intl)' })
    expect(start(typedTwice)).toBe(0)
    expect(text('programs')).toContain('/usr/bin/ckbcomp -layout us -variant intl')
    expect(text('programs')).toContain('--subsystem de us(intl)')
    expect(text('shown')).toContain('Tastatur: us(intl)')
  })

  it('gives the TPM a key of its own, takes away the one that it was made with, and asks nothing', () => {
    choose('tpm')
    writeFileSync(at('tpm-seals'), '')
    writeFileSync(at('tpm-opens'), '')
    expect(start()).toBe(0)
    expect(isWhole()).toBe(true)
    const [made, ...others] = lines('keys')
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(others).toEqual([made])
    expect(text('programs')).toMatch(/cryptenroll .*--tpm2-pcrs=4\+7 .*--wipe-slot=password/)
    for (const name of ['programs', 'said']) expect(text(name)).not.toContain(made)
    expect(text('shown')).toBe('')
    expect(text('run/encryption')).toBe('tpm partition\n')
  })

  it('asks for a passphrase where the TPM keeps no key: never less than was asked for', () => {
    choose('tpm')
    expect(start(typedTwice)).toBe(0)
    expect(text('shown')).toContain('A passphrase takes its')
    expect(text('run/encryption')).toBe('passphrase partition\n')
    expect(isWhole()).toBe(true)
  })

  it.each([0, 1, 2])('is made again after a cut before write %i, as it was asked for', (cutBefore) => {
    choose('passphrase')
    expect(start({ ...typedTwice, cutBefore })).toBe(null)
    expect(isWhole()).toBe(false)
    // The credentials are still there in truth; without them too the mark says what was chosen.
    if (cutBefore > 0) choose('')
    writeFileSync(at('keys'), '')
    expect(start({ answers: ['another one', 'another one'] })).toBe(0)
    expect(isWhole()).toBe(true)
    expect(new Set(lines('keys'))).toEqual(new Set(['another one']))
  })

  it('has three writes, and is made again when the last of them tore so that the mark is still there', () => {
    choose('passphrase')
    start({ ...typedTwice, cutBefore: 2 })
    const torn = partition()
    torn.fill(0x33, 512, 4096)
    writeFileSync(at('partition'), torn)
    expect(start({ ...typedTwice, cutBefore: 3 })).toBe(0)
    expect(isWhole()).toBe(true)
  })

  it('is not touched when it holds anything, whatever was asked for', () => {
    choose('passphrase')
    const full = partition()
    full.set(Buffer.from("somebody's"), 4096)
    writeFileSync(at('partition'), full)
    start(typedTwice)
    expect(partition().equals(full)).toBe(true)
    expect(text('programs')).not.toContain('luksFormat')
  })
})

describe('a data partition that is encrypted', () => {
  it('is opened by the TPM without a question', () => {
    made('systemd-tpm2')
    writeFileSync(at('tpm-opens'), '')
    expect(start()).toBe(0)
    expect(text('shown')).toBe('')
    expect(text('programs')).toContain('e2fsck -p /dev/mapper/berth-data')
    expect(text('run/encryption')).toBe('tpm partition\n')
  })

  it('is bound to kernel arguments too as soon as the credentials of the first start are gone, once', () => {
    const tpm = (registers: string) =>
      `systemd-tpm2\n\ttpm2-hash-pcrs:   ${registers}\n\ttpm2-pcr-bank:    sha256`
    writeFileSync(at('tpm-opens'), '')
    writeFileSync(at('tpm-seals'), '')
    choose('tpm')
    made(tpm('4+7'))
    start()
    expect(text('programs')).not.toContain('cryptenroll')
    rmSync(at('run/boot/loader/credentials/berth.encryption.cred'))
    start()
    const completed =
      /cryptenroll .*--tpm2-pcrs=4\+7\+12 --unlock-tpm2-device=auto --wipe-slot=tpm2 partition/g
    expect(text('programs')).toMatch(completed)
    dump(tpm('4+7+12'))
    start()
    expect(text('programs').match(completed)).toHaveLength(1)
  })

  it('asks in the language of its first start until the passphrase is right', () => {
    made()
    expect(start({ answers: ['wrong one', passphrase], wanted: passphrase })).toBe(0)
    expect(text('shown')).toContain('Das ist nicht richtig.')
    expect(text('shown')).toContain('Tastatur: de-nodeadkeys')
    expect(lines('keys')).toEqual(['wrong one', passphrase])
    expect(text('run/encryption')).toBe('passphrase partition\n')
  })

  it('offers the other system after three wrong ones, and goes on when that is not wanted', () => {
    made()
    const wrong = ['one', 'two', 'three']
    expect(start({ answers: [...wrong, '', ...wrong, 'z'], wanted: passphrase })).toBe(9)
    expect(lines('said').at(-1)).toBe('back: the key to the data was not given')
  })

  it('takes a recovery key however it is typed, and gives the TPM a new key then', () => {
    made('systemd-tpm2', 'systemd-recovery')
    writeFileSync(at('tpm-seals'), '')
    const typed = recoveryKey.replaceAll('-', ' ').toUpperCase()
    expect(start({ answers: [typed], wanted: recoveryKey })).toBe(0)
    expect(text('shown')).toContain('Wiederherstellungsschlüssel; dann bekommt der Chip einen')
    expect(lines('keys')).toEqual([typed, recoveryKey, recoveryKey])
    expect(text('programs')).toMatch(/cryptenroll .*--tpm2-pcrs=4\+7\+12 .*--wipe-slot=tpm2 partition/)
    expect(text('programs')).toMatch(
      /cryptenroll --wipe-slot=tpm2 partition\n[^\n]*cryptenroll .*--tpm2-pcrs/,
    )
    for (const name of ['programs', 'said']) expect(text(name)).not.toMatch(/cbdefghi/i)
  })

  it('is given to the TPM again where a cut has left the recovery key alone', () => {
    made('systemd-recovery')
    writeFileSync(at('tpm-seals'), '')
    expect(start({ answers: [recoveryKey], wanted: recoveryKey })).toBe(0)
    expect(text('programs')).toMatch(/cryptenroll .*--tpm2-pcrs=4\+7\+12 .*--wipe-slot=tpm2 partition/)
    expect(text('run/encryption')).toBe('tpm partition\n')
  })

  it('says so where no recovery key was ever made', () => {
    made('systemd-tpm2')
    expect(start({ answers: ['one', 'two', 'three', 'z'], wanted: passphrase })).toBe(9)
    expect(text('shown')).toContain('es wurde kein Wiederherstellungsschlüssel gemacht')
  })
})

describe('what is asked before the system is open', () => {
  const names = (language: string) =>
    [...readFileSync(join(initrd, `words-${language}`), 'utf8').matchAll(/^words_\w+(?==)/gm)].map(
      ([name]) => name,
    )

  it('has the same words in every language, and all that are used', () => {
    expect(names('de')).toEqual(names('en'))
    const used = readFileSync(join(initrd, 'berth-encryption'), 'utf8').match(/words_\w+/g)
    expect([...new Set(used)].sort()).toEqual([...names('en')].sort())
  })
})
