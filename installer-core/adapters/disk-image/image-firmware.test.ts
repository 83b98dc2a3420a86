import { describe, expect, it } from 'vitest'
import { guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { serialiseBootOrder } from '../../formats/efi-variable/boot-order.ts'
import { serialiseLoadOption } from '../../formats/load-option/load-option.ts'
import { readOvmf } from '../../formats/testing/foreign-tools.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { withWrite } from '../../formats/varstore/testing/with-write.ts'
import { memoryVariables } from '../memory/memory-parts.ts'
import { smallPc, smallPcFile } from '../testing/small-pc.ts'
import { ImageFirmware } from './image-firmware.ts'
import type { FirmwareFault } from './pc-schema.ts'
import { applyRestartFaults } from './restart-faults.ts'

const order = { vendor: vendor.global, name: 'BootOrder' }
const own = { vendor: vendor.berth, name: 'Own' }
const value = { attributes: 7, data: new Uint8Array(40).fill(5) }

function firmware(settings: object, file = memoryVariables(smallStore())) {
  return new ImageFirmware(smallPcFile(512, { firmware: settings }).firmware, file)
}

describe('firmware variables of a practice PC', () => {
  it('answers as its access says', async () => {
    const readOnly = firmware({ access: 'read-only' })
    expect(await readOnly.write(own, value)).toMatchObject({ failure: { code: 'read-only' } })
    expect(expectOk(await readOnly.list())).toEqual([])
    const none = firmware({ access: 'none' })
    expect(await none.list()).toMatchObject({ failure: { code: 'firmware-access-denied' } })
    expect(await none.delete(own)).toMatchObject({ failure: { code: 'firmware-access-denied' } })
    expect(await firmware({ kind: 'bios' }).read(own)).toMatchObject({ failure: { code: 'unsupported' } })
    const locked = firmware({ faults: ['boot-order-locked'] })
    expect(await locked.write(order, value)).toMatchObject({ failure: { code: 'read-only' } })
    expectOk(await locked.write(own, value))
  })

  it('writes nothing that the firmware would put a former state over at its next start', async () => {
    const pending = withWrite(readOvmf('OVMF_VARS_4M.fd'), 0x41000, 0xfc, 0xfd)
    const file = memoryVariables(pending)
    expect(await firmware({}, file).write(own, value)).toMatchObject({
      failure: { code: 'firmware-write-pending' },
    })
    expect(expectOk(file.read())).toEqual(pending)
  })

  it('is full when pc.json says so, and has room again after a deletion', async () => {
    const full = firmware({ freeBytes: 200 })
    expect(expectOk(await full.free())).toBe(200)
    expectOk(await full.write(own, value))
    const second = { vendor: vendor.berth, name: 'Second' }
    const refused = await full.write(second, { ...value, data: new Uint8Array(100) })
    expect(refused).toMatchObject({ failure: { code: 'firmware-store-full', facts: { found: 92 } } })
    expect(expectOk(await full.read(second))).toBeNull()
    expectOk(await full.delete(own))
    expectOk(await full.write(second, { ...value, data: new Uint8Array(100) }))
  })
})

const file = (path: string) =>
  serialiseLoadOption({
    attributes: 1,
    description: path,
    paths: [
      shortFormPath({ partitionNumber: 1, partitionGuid: guid(smallPc.esp), start: 2048, size: 4096 }, path),
    ],
    optionalData: new Uint8Array(),
  })

async function afterRestart(fault: FirmwareFault | null) {
  const store = memoryVariables(smallStore())
  const before = firmware({}, store)
  const put = async (name: string, data: Uint8Array) =>
    expectOk(await before.write({ vendor: vendor.global, name }, { attributes: 7, data }))
  await put('Boot0001', file('/EFI/Microsoft/Boot/bootmgfw.efi'))
  await put('Boot0002', file('/EFI/berth.efi'))
  await put('Boot2002', file('/EFI/other.efi'))
  await put('BootOrder', serialiseBootOrder([0x2002, 1]))
  await put('BootNext', serialiseBootOrder([2]))
  expectOk(store.replace(expectOk(applyRestartFaults(expectOk(store.read()), fault === null ? [] : [fault]))))
  const names = expectOk(await before.list()).map(({ name }) => name)
  return { names: names.sort(), order: [...(expectOk(await before.read(order))?.data ?? [])] }
}

describe('faults at a restart', () => {
  const all = ['Boot0001', 'Boot0002', 'Boot2002', 'BootNext', 'BootOrder']
  const without = (name: string) => all.filter((one) => one !== name)
  const kept = [0x02, 0x20, 1, 0]
  it.each([
    [null, all, kept],
    ['boot-order-locked', all, kept],
    ['boot-order-reverts', all, [1, 0]],
    ['entry-vanishes', without('Boot0002'), kept],
    ['erases-2002', without('Boot2002'), kept],
    ['ignores-bootnext-unless-listed', without('BootNext'), kept],
    ['needs-full-device-path', without('BootNext'), kept],
  ] as const)('%s', async (fault, names, orderAfter) => {
    expect(await afterRestart(fault)).toEqual({ names, order: orderAfter })
  })
})
