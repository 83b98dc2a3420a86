import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done, expectOk, fail, ok } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { again } from './again.ts'
import { EfiVariables } from './efi-variables.ts'
import { variableFailure } from './variable-failure.ts'

let folder: string
let changes: number
let protection: string[]
let isProtected: boolean
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-efivars-'))
  changes = 0
  protection = []
  isProtected = true
})
afterEach(() => rmSync(folder, { recursive: true }))

function open(access: 'read-write' | 'read-only' | 'none' = 'read-write'): EfiVariables {
  return new EfiVariables({
    folder,
    access,
    onChange: () => (changes += 1),
    protection: {
      isOn: async () => ok(isProtected),
      set: async (path, on) => {
        protection.push(`${on ? '+i' : '-i'} ${path.slice(folder.length + 1)}`)
        return done
      },
    },
  })
}

const bootNext = { vendor: vendor.global, name: 'BootNext' }
const file = `BootNext-${vendor.global}`

describe('variables of the firmware in efivarfs', () => {
  it('are four bytes of attributes, then the data', async () => {
    writeFileSync(join(folder, file), Uint8Array.of(7, 0, 0, 0, 3, 0))
    expect(expectOk(await open().list())).toEqual([bootNext])
    expect(expectOk(await open().read(bootNext))).toEqual({ attributes: 7, data: Uint8Array.of(3, 0) })
  })

  it('are absent when there is no file, or an empty one that a write that failed left behind', async () => {
    expect(expectOk(await open().read(bootNext))).toBeNull()
    writeFileSync(join(folder, file), '')
    writeFileSync(join(folder, 'not a variable'), 'x')
    expect(expectOk(await open().list())).toEqual([])
    expect(expectOk(await open().read(bootNext))).toBeNull()
  })

  it('are written whole, the protection taken off and put on again, and counted once', async () => {
    writeFileSync(join(folder, file), Uint8Array.of(7, 0, 0, 0, 3, 0))
    expectOk(await open().write(bootNext, { attributes: 0x80000007, data: Uint8Array.of(5, 0) }))
    expect([...readFileSync(join(folder, file))]).toEqual([7, 0, 0, 0, 5, 0])
    expect(protection).toEqual([`-i ${file}`, `+i ${file}`])
    expect(changes).toBe(1)
  })

  it('that were not protected before are not protected afterwards', async () => {
    isProtected = false
    writeFileSync(join(folder, file), Uint8Array.of(7, 0, 0, 0, 3, 0))
    expectOk(await open().write(bootNext, { attributes: 7, data: Uint8Array.of(5, 0) }))
    expect(protection).toEqual([])
  })

  it('are deleted once, and then succeed again', async () => {
    expectOk(await open().write(bootNext, { attributes: 7, data: Uint8Array.of(5, 0) }))
    expectOk(await open().delete(bootNext))
    expectOk(await open().delete(bootNext))
    expect(readdirSync(folder)).toEqual([])
    expect(changes).toBe(2)
  })

  it('of others cannot be deleted, whoever asks', async () => {
    const foreign = { vendor: vendor.bootLoader, name: 'LoaderInfo' }
    writeFileSync(join(folder, `LoaderInfo-${vendor.bootLoader}`), Uint8Array.of(7, 0, 0, 0, 1))
    expect(await open().delete(foreign)).toMatchObject({ failure: { code: 'not-ours' } })
    expect(await open().delete({ vendor: vendor.global, name: 'db' })).toMatchObject({
      failure: { code: 'not-ours' },
    })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('that can only be read refuse every change', async () => {
    const value = { attributes: 7, data: Uint8Array.of(1) }
    const refused = { failure: { code: 'read-only' } }
    expect(await open('read-only').write(bootNext, value)).toMatchObject(refused)
    expect(await open('read-only').delete(bootNext)).toMatchObject(refused)
    const denied = { failure: { code: 'firmware-access-denied' } }
    expect(await open('none').list()).toMatchObject(denied)
    expect(await open('none').write(bootNext, value)).toMatchObject(denied)
    expect(changes).toBe(0)
  })

  it('stay when their protection cannot be taken off', async () => {
    writeFileSync(join(folder, file), Uint8Array.of(7, 0, 0, 0, 3, 0))
    const variables = new EfiVariables({
      folder,
      access: 'read-write',
      onChange: () => (changes += 1),
      protection: { isOn: async () => ok(true), set: async () => fail('tool-failed', { tool: 'chattr' }) },
    })
    const value = { attributes: 7, data: Uint8Array.of(9, 0) }
    expect(await variables.write(bootNext, value)).toMatchObject({ failure: { code: 'tool-failed' } })
    expect([...readFileSync(join(folder, file))]).toEqual([7, 0, 0, 0, 3, 0])
  })

  it('say what the kernel refused', async () => {
    mkdirSync(join(folder, file))
    const value = { attributes: 7, data: Uint8Array.of(9, 0) }
    expect(await open().write(bootNext, value)).toMatchObject({ ok: false })
    chmodSync(join(folder, file), 0o755)
    expect(changes).toBe(0)
  })
})

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}

describe('calls that are interrupted', () => {
  it('are made again, five times and no more', async () => {
    let calls = 0
    const interrupted = (times: number) => () => {
      calls += 1
      if (calls <= times) throw systemError('EINTR')
      return 'done'
    }
    expect(expectOk(await again(interrupted(4)))).toBe('done')
    calls = 0
    expect(await again(interrupted(100))).toMatchObject({ failure: { code: 'interrupted-call' } })
    expect(calls).toBe(5)
  })

  it.each([
    ['ENOSPC', 'firmware-store-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'firmware-access-denied'],
    ['EPERM', 'firmware-access-denied'],
    ['EIO', 'io-failed'],
    ['EINVAL', 'io-failed'],
  ])('that fail with %s mean %s', async (error, code) => {
    const failed = await again(() => {
      throw systemError(error)
    })
    if (failed.ok) throw new Error('it cannot have worked')
    const meant = variableFailure(failed.failure, 'Boot0001', { ok: true, value: null }, 40)
    expect(meant).toMatchObject({ failure: { code } })
  })
})
