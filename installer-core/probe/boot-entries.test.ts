import { describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { toHex } from '../base/guid.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { buildDisk } from '../check/testing/disk-builder.ts'
import { toUcs2z } from '../formats/byte-view.ts'
import { itReads } from '../formats/testing/shared-fixtures.ts'
import type { Machine, RawFacts } from '../model/machine.ts'
import { buildMachine } from './build-machine.ts'
import {
  bootVolume,
  entryVariable,
  globalVariable,
  rawFacts,
  recordedVariables,
} from './testing/raw-facts.ts'

const build = (facts: RawFacts): Machine => expectOk(buildMachine(facts, nodeHasher))
const recorded = (data: Uint8Array) => build(rawFacts({ variables: recordedVariables(data) })).firmware
const disk = buildDisk({
  partitions: [
    { type: 'esp', size: 100 * 2 ** 20, name: 'ESP' },
    { type: 'microsoftBasicData', size: 2 ** 30, name: 'C' },
  ],
})
const [esp] = disk.partitions as [Machine['disks'][number]['partitions'][number]]
const windowsFile = '/EFI/Microsoft/Boot/bootmgfw.efi'

describe("recorded machines' variables", () => {
  itReads(
    'efivars/asus-efivars1-seven-entries-mok.efivars.json',
    'seven entries, one outside the order',
    (data) => {
      const firmware = recorded(data)
      expect(firmware.bootOrder?.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5])
      expect(firmware.bootEntries.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6])
      expect(firmware.bootEntries[6]).toMatchObject({ description: 'test', target: 'partition-missing' })
      expect(firmware.bootEntries[6]?.devicePath).toMatch(/NVMe/)
      expect(firmware.secureBoot.sbatLevel).toBe('sbat,1,2021030218')
      expect(firmware.secureBoot.certificates.length).toBeGreaterThan(3)
      expect(firmware.secureBoot.refused.length).toBeGreaterThan(50)
    },
  )

  itReads(
    'efivars/dell-machine1-bootfff6-entries.efivars.json',
    "Dell's own entries are not the firmware's",
    (data) => {
      const firmware = recorded(data)
      expect(firmware.bootOrder).toEqual([0, 1])
      expect(firmware.bootEntries.map(({ number }) => number)).toEqual([0, 1])
      expect(firmware.bootEntries[1]?.optionalData).toBe(toHex(toUcs2z('\\fwupdx64.efi')))
    },
  )

  itReads(
    'efivars/dual-device-path-venhw-fallback.efivars.json',
    'dead entries keep the partition of their second path',
    (data) => {
      const firmware = recorded(data)
      for (const number of [1, 4, 3, 0]) {
        const entry = firmware.bootEntries.find((found) => found.number === number)
        expect(entry).toMatchObject({ hidden: true, target: 'partition-missing' })
        expect(entry?.devicePath).toContain('VenHw(99e275e7-75a0-4b37-a2e6-c5385e6c00cb)')
        expect(entry?.partition).toMatch(/^[0-9a-f-]{36}$/)
      }
      expect(firmware.secureBoot.state).toBe('unknown')
    },
  )

  itReads(
    'efivars/fedora-windows-empty-bootnext.efivars.json',
    'an empty BootNext is no BootNext',
    (data) => {
      const firmware = recorded(data)
      expect(firmware.bootNext).toBeNull()
      expect(firmware.secureBoot.state).toBe('unknown')
      expect(firmware.bootEntries[2]?.optionalData).toHaveLength(2 * 136)
      expect(firmware.unreadableEntries).toEqual([])
    },
  )

  itReads('efivars/hp-desktop-windows-ispH-20-entries.efivars.json', 'twenty entries', (data) => {
    const firmware = recorded(data)
    expect(firmware.bootEntries).toHaveLength(20)
    expect(firmware.bootOrder?.[0]).toBe(0x13)
    expect(firmware.bootEntries.find(({ number }) => number === 0x13)?.description).toBe(
      'Windows Boot Manager',
    )
    expect(firmware.bootEntries.some(({ category }) => category === 1)).toBe(true)
  })

  itReads('efivars/supermicro-machine0-fedora.efivars.json', 'one entry with the mark of AMI', (data) => {
    const firmware = recorded(data)
    expect(firmware.bootOrder).toEqual([1])
    expect(firmware.bootEntries[0]).toMatchObject({
      description: 'Fedora',
      partition: '927f5841-dc54-4ff4-821c-d29b59c48ab1',
      path: '\\EFI\\FEDORA\\SHIM.EFI',
      optionalData: '0000424f',
    })
    expect(firmware.quirks).toContain('FQ-15')
  })

  itReads(
    'efivars/thinkpad-22-entries-app-category.efivars.json',
    'programs of the firmware; a SetupMode that is none',
    (data) => {
      const firmware = recorded(data)
      expect(firmware.bootEntries).toHaveLength(22)
      expect(firmware.bootOrder).toEqual([0, 1, 0x17, 0x18, 0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1b, 0x23])
      expect(firmware.bootEntries.filter(({ category }) => category === 1).length).toBeGreaterThan(4)
      expect(['on', 'off', 'unknown']).toContain(firmware.secureBoot.state)
    },
  )

  itReads('efivars/thinkpad-cloud-uri-entries.efivars.json', 'thirteen entries, Secure Boot off', (data) => {
    const firmware = recorded(data)
    expect(firmware.bootEntries).toHaveLength(13)
    expect(firmware.secureBoot.state).toBe('off')
    expect(firmware.bootEntries.some(({ devicePath }) => devicePath.includes('Uri(https'))).toBe(true)
  })

  itReads(
    'efivars/workstation-pxe-second-path-and-dead-usb.efivars.json',
    'dead entries and second paths',
    (data) => {
      const firmware = recorded(data)
      expect(firmware.bootEntries).toHaveLength(5)
      expect(firmware.bootEntries[0]).toMatchObject({ number: 1, description: 'debian' })
    },
  )

  itReads('efivars/asrock-inactive-load-options.efivars.json', 'inactive entries', (data) => {
    const firmware = recorded(data)
    expect(firmware.bootEntries.map(({ active }) => active)).toEqual([false, false])
    expect(firmware.bootOrder).toBeNull()
  })

  itReads(
    'efivars/ubuntu-windows-same-esp-guid-two-sizes.efivars.json',
    'both entries lead to the one ESP',
    (data) => {
      const guids = recorded(data).bootEntries.map(({ partition }) => partition)
      const id = guids.find((found) => found !== null) ?? ''
      const real = buildDisk({ partitions: [{ id, type: 'esp', size: 512 * 2 ** 20 }] })
      const variables = recordedVariables(data)
      const volumes = [bootVolume(id, ['/EFI/ubuntu/shimx64.efi', windowsFile])]
      const { firmware, installed } = build(rawFacts({ variables, disks: [real], bootVolumes: volumes }))
      const present = firmware.bootEntries.filter(({ target }) => target === 'present')
      expect(present.map(({ description }) => description).sort()).toEqual([
        'Linux Firmware Updater',
        'Windows Boot Manager',
        'ubuntu',
      ])
      expect(installed.map(({ kind, name }) => [kind, name])).toEqual([
        ['windows', 'Windows'],
        ['linux', 'ubuntu'],
      ])
      expect(firmware.bootOrder).toEqual([3, 0, 1])
    },
  )
})

describe('what an entry points at', () => {
  const target = (file: string, files: readonly string[], incomplete = false) =>
    build(
      rawFacts({
        variables: [entryVariable(0, 'x', esp, file)],
        disks: [disk],
        bootVolumes: [bootVolume(esp.id, files, { incomplete })],
      }),
    ).firmware.bootEntries[0]?.target

  it('compares paths as FAT does', () => {
    expect(target('/EFI/MICROSOFT/BOOT/BOOTMGFW.EFI', [windowsFile])).toBe('present')
    expect(target('EFI\\Microsoft\\Boot\\bootmgfw.efi', [windowsFile])).toBe('present')
  })
  it('HC-22 tells a missing file from one that could not be looked for', () => {
    expect(target('/EFI/gone.efi', [windowsFile])).toBe('file-missing')
    expect(target('EFIdebiangrubx64.efi', ['/EFI/debian/grubx64.efi'])).toBe('file-missing')
    expect(target('/EFI/gone.efi', [windowsFile], true)).toBe('unknown')
  })
  it('tells a missing partition, and paths that are no file', () => {
    const { bootEntries, unreadableEntries } = build(
      rawFacts({
        disks: [disk],
        variables: [
          entryVariable(1, 'away', { ...esp, id: '11111111-2222-3333-4444-555555555555' }, '/x.efi'),
          globalVariable('Boot0002', '010000000400410000007fff0400'),
          globalVariable('Boot0003', '0100'),
          { ...entryVariable(0x0a, 'small', esp, '/x.efi'), name: 'Boot000a' },
        ],
      }),
    ).firmware
    expect(bootEntries.map(({ number, target }) => [number, target])).toEqual([
      [1, 'partition-missing'],
      [2, 'not-a-file'],
    ])
    expect(unreadableEntries.map(({ number }) => number)).toEqual([3, 10])
  })
})
