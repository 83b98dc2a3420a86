import { describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { toHex } from '../base/guid.ts'
import { vendor } from '../base/well-known.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { buildDisk } from '../check/testing/disk-builder.ts'
import { toUcs2z } from '../formats/byte-view.ts'
import type { Machine, RawFacts } from '../model/machine.ts'
import { buildMachine } from './build-machine.ts'
import {
  asciiVariable,
  bootVolume,
  entryVariable,
  globalVariable,
  orderVariable,
  rawFacts,
} from './testing/raw-facts.ts'

const build = (facts: RawFacts): Machine => expectOk(buildMachine(facts, nodeHasher))
const disk = buildDisk({
  partitions: [
    { type: 'esp', size: 100 * 2 ** 20, name: 'ESP' },
    { type: 'microsoftBasicData', size: 2 ** 30, name: 'C' },
  ],
})
const [esp] = disk.partitions as [Machine['disks'][number]['partitions'][number]]
const windowsFile = '/EFI/Microsoft/Boot/bootmgfw.efi'

describe('conclusions', () => {
  const windows = [
    entryVariable(0, 'Windows Boot Manager', esp, windowsFile),
    orderVariable(0),
    globalVariable('BootCurrent', '0000'),
  ]
  const volumes = [bootVolume(esp.id, [windowsFile, '/EFI/BOOT/BOOTX64.EFI'])]

  it('Windows, its entry, and that it runs', () => {
    const machine = build(rawFacts({ variables: windows, disks: [disk], bootVolumes: volumes }))
    expect(machine.installed).toEqual([
      {
        kind: 'windows',
        name: 'Windows',
        bootVolume: esp.id,
        loader: windowsFile,
        entries: [0],
        running: true,
      },
    ])
    expect(machine.running.bootedFrom).toBe(esp.id)
    expect(machine.berth).toEqual({ state: 'absent' })
    expect(machine.firmware).toMatchObject({
      bootOrder: [0],
      bootNext: null,
      bootCurrent: 0,
      timeoutSeconds: null,
    })
  })

  it('HC-17 an entry called Windows that starts something else is not Windows', () => {
    const variables = [...windows, entryVariable(1, 'Windows Boot Manager', esp, '/EFI/ubuntu/grubx64.efi')]
    const files = [windowsFile, '/EFI/ubuntu/grubx64.efi', '/EFI/ubuntu/shimx64.efi']
    const { installed } = build(
      rawFacts({ variables, disks: [disk], bootVolumes: [bootVolume(esp.id, files)] }),
    )
    expect(installed.map(({ kind, entries, loader }) => [kind, entries, loader])).toEqual([
      ['windows', [0], windowsFile],
      ['linux', [1], '/EFI/ubuntu/shimx64.efi'],
    ])
  })

  it('systemd-boot, a UKI with an entry, and others', () => {
    const files = [
      '/EFI/systemd/systemd-bootx64.efi',
      '/EFI/Linux/arch.efi',
      '/EFI/OC/OpenCore.efi',
      '/EFI/BOOT/BOOTX64.EFI',
    ]
    const variables = [
      entryVariable(0, 'Linux Boot Manager', esp, '/EFI/systemd/systemd-bootx64.efi'),
      entryVariable(1, 'Arch UKI', esp, '/EFI/Linux/arch.efi'),
      entryVariable(2, 'OpenCore', esp, '/EFI/OC/OpenCore.efi'),
      entryVariable(3, 'UEFI OS', esp, '/EFI/BOOT/BOOTX64.EFI'),
      globalVariable('BootCurrent', '0100'),
    ]
    const { installed } = build(
      rawFacts({
        variables,
        disks: [disk],
        bootVolumes: [bootVolume(esp.id, files)],
        running: { os: 'linux' },
      }),
    )
    expect(installed.map(({ kind, name, running }) => [kind, name, running])).toEqual([
      ['linux', 'Linux (systemd-boot)', false],
      ['linux', 'Arch UKI', true],
      ['other', 'OpenCore', false],
    ])
  })

  it('the running system without any trace on a boot volume', () => {
    const { installed } = build(rawFacts({ firmware: { kind: 'bios', access: 'none' } }))
    expect(installed).toEqual([
      { kind: 'windows', name: 'Windows', bootVolume: null, loader: null, entries: [], running: true },
    ])
  })

  it('HC-03 the ESP the loader noted, when it is there; never one that is not', () => {
    const noted = (id: string) =>
      build(
        rawFacts({
          disks: [disk],
          variables: [
            {
              vendor: vendor.bootLoader,
              name: 'LoaderDevicePartUUID',
              attributes: 6,
              data: toHex(toUcs2z(id)),
            },
          ],
        }),
      ).running.bootedFrom
    expect(noted(esp.id.toUpperCase())).toBe(esp.id)
    expect(noted('11111111-2222-3333-4444-555555555555')).toBeNull()
  })

  it('HC-05 clones are ambiguous', () => {
    const { ambiguous } = build(rawFacts({ disks: [disk, { ...disk, name: disk.name }] }))
    expect(ambiguous.disks).toEqual([disk.id])
    expect(ambiguous.partitions).toEqual(disk.partitions.map(({ id }) => id).sort())
  })

  it.each([
    [{ SecureBoot: '01', SetupMode: '00' }, 'on'],
    [{ SecureBoot: '00', SetupMode: '00' }, 'off'],
    [{ SecureBoot: '00', SetupMode: '01' }, 'setup-mode'],
    [{ SecureBoot: '01', AuditMode: '01' }, 'setup-mode'],
    [{ SecureBoot: '31' }, 'unknown'],
    [{ SecureBoot: '0101' }, 'unknown'],
    [{}, 'unsupported'],
  ])('Secure Boot of %j is %s', (values, state) => {
    const variables = Object.entries(values).map(([name, data]) => globalVariable(name, data))
    expect(build(rawFacts({ variables })).firmware.secureBoot.state).toBe(state)
  })

  it('HC-25 the level that shim enforces', () => {
    const variables = [asciiVariable(vendor.shim, 'SbatLevelRT', 'sbat,1,2024040900\nshim,4\n\0')]
    expect(build(rawFacts({ variables })).firmware.secureBoot.sbatLevel).toBe('sbat,1,2024040900\nshim,4')
  })

  it('a recorded machine passes through, and only when it follows its schema', () => {
    const machine = build(rawFacts({ variables: windows, disks: [disk] }))
    expect(expectOk(buildMachine(machine, nodeHasher))).toEqual(machine)
    const broken = { ...machine, memory: -1 } as unknown as Machine
    expect(buildMachine(broken, nodeHasher)).toMatchObject({
      ok: false,
      failure: { facts: { field: 'memory' } },
    })
  })
})
