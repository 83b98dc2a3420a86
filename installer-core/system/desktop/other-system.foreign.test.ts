import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { guid } from '../../base/guid.ts'
import { joinBytes } from '../../base/join-bytes.ts'
import { vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { serialiseLoadOption } from '../../formats/load-option/load-option.ts'

const script = join(import.meta.dirname, '../../../assets/system/desktop/berth-other-system')
const folder = mkdtempSync(join(tmpdir(), 'berth-other-system-'))
const facts = join(folder, 'berth-release')

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  makeFacts()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function makeFacts(): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(facts, `BERTH_VARIABLES='${folder}'\nBERTH_GLOBAL='${vendor.global}'\n`)
}

const file = (name: string) => join(folder, `${name}-${vendor.global}`)

/** A variable as efivarfs shows it: four bytes of attributes, then the data. */
function put(name: string, data: Uint8Array): void {
  writeFileSync(file(name), joinBytes([Uint8Array.of(7, 0, 0, 0), data]))
}

function putEntry(number: string, description: string, path: string, attributes = 1): void {
  const place = {
    partitionNumber: 1,
    partitionGuid: guid('11111111-2222-4333-8444-555555555555'),
    start: 2048,
    size: 204800,
  }
  put(
    `Boot${number}`,
    serialiseLoadOption({
      attributes,
      description,
      paths: [shortFormPath(place, path)],
      optionalData: new TextEncoder().encode('WINDOWS\0'),
    }),
  )
}

function numbers(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value & 0xff, value >> 8]))
}

const windows = '/EFI/Microsoft/Boot/bootmgfw.efi'
const own = '/EFI/Berth/desktop-1.0.0-x86_64.efi'

/** The script runs under BusyBox before the root is open, and under the system's own shell afterwards. */
describe.each([
  ['the system shell', ['sh']],
  ['BusyBox', ['busybox', 'sh']],
] as const)('the way back, by %s', (_name, [program, ...first]) => {
  const run = (request: string) => {
    const ended = spawnSync(program, [...first, script, request], {
      encoding: 'utf8',
      env: { ...process.env, BERTH_FACTS: facts },
    })
    if (ended.error !== undefined) throw ended.error
    return { code: ended.status, said: ended.stdout.trim() }
  }

  it('is Windows, wherever it stands in the order', () => {
    putEntry('0003', 'Berth', own)
    putEntry('0001', 'ubuntu', '/EFI/ubuntu/shimx64.efi')
    putEntry('00A1', 'Windows Boot Manager', windows)
    put('BootOrder', numbers(3, 1, 0xa1))
    put('BootCurrent', numbers(3))
    expect(run('show')).toEqual({ code: 0, said: 'Boot00A1 Windows Boot Manager' })
    expect(run('arm')).toEqual({ code: 0, said: 'Boot00A1 Windows Boot Manager' })
    expect([...readFileSync(file('BootNext'))]).toEqual([7, 0, 0, 0, 0xa1, 0])
  })

  it('is Windows when it stands in no order at all', () => {
    putEntry('0003', 'Berth', own)
    putEntry('01B2', 'Windows Boot Manager', windows)
    put('BootOrder', numbers(3))
    put('BootCurrent', numbers(3))
    run('arm')
    expect([...readFileSync(file('BootNext'))]).toEqual([7, 0, 0, 0, 0xb2, 1])
  })

  it('is the first other system where there is no Windows: not ours, not an older one of ours, not one switched off', () => {
    putEntry('0003', 'Berth', own)
    putEntry('0004', 'Berth 0.9', '/EFI/Berth/desktop-0.9.0-x86_64.efi')
    putEntry('0005', 'old', '/EFI/old/grubx64.efi', 0)
    putEntry('0006', 'Fedora', '/EFI/fedora/shimx64.efi')
    put('BootOrder', numbers(3, 4, 5, 6))
    put('BootCurrent', numbers(3))
    expect(run('show')).toEqual({ code: 0, said: 'Boot0006 Fedora' })
  })

  it('is said to be missing, and nothing is written', () => {
    putEntry('0003', 'Berth', own)
    put('BootOrder', numbers(3))
    put('BootCurrent', numbers(3))
    expect(run('arm')).toEqual({ code: 1, said: 'the firmware has no boot entry for another system' })
    expect(() => readFileSync(file('BootNext'))).toThrow()
  })

  it('is not led astray by a damaged entry', () => {
    put('Boot0001', Uint8Array.of(1, 0, 0, 0, 0xff, 0xff, 65, 0))
    putEntry('0002', 'Windows Boot Manager', windows)
    put('BootOrder', numbers(1, 2))
    put('BootCurrent', numbers(3))
    expect(run('show')).toEqual({ code: 0, said: 'Boot0002 Windows Boot Manager' })
  })
})
