import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { readFirmwareFacts, readPcFacts } from './pc-facts.ts'
import { fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
beforeEach(() => {
  linux = fakeLinux()
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

describe('facts of the PC', () => {
  it('come from DMI, os-release, meminfo and the locale', () => {
    linux.put({
      'sys/class/dmi/id/sys_vendor': 'LENOVO\n',
      'sys/class/dmi/id/product_name': '20XW\n',
      'etc/os-release': 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n',
      'etc/locale.conf': 'LANG=de_DE.UTF-8\n',
      'proc/meminfo': 'MemTotal:        2048 kB\nMemFree: 1 kB\n',
      'sys/class/tpm/tpm0/tpm_version_major': '2\n',
    })
    expect(readPcFacts(linux.places, true)).toMatchObject({
      source: { kind: 'linux', name: 'LENOVO 20XW' },
      running: {
        os: 'linux',
        version: 'Debian GNU/Linux 13 (trixie)',
        locale: 'de-DE',
        bootedFrom: null,
        elevated: true,
      },
      memory: 2 * MiB,
      tpm: '2.0',
      windows: null,
    })
  })

  const supplies = (files: Record<string, string>) =>
    linux.put(
      Object.fromEntries(
        Object.entries(files).map(([name, value]) => [`sys/class/power_supply/${name}`, value]),
      ),
    )

  it('tell no version of a TPM that an old kernel tells none of', () => {
    expect(readPcFacts(linux.places, true).tpm).toBeNull()
    linux.put({ 'sys/class/tpm/tpm0/uevent': '' })
    expect(readPcFacts(linux.places, true).tpm).toBe('unknown')
    linux.put({ 'sys/class/tpm/tpm0/tpm_version_major': '1\n' })
    expect(readPcFacts(linux.places, true).tpm).toBe('1.2')
  })

  it('tell mains from battery, and leave out the battery of a mouse', () => {
    expect(readPcFacts(linux.places, true).power).toEqual({ source: 'ac', percent: null })
    supplies({ 'hid/type': 'Battery\n', 'hid/scope': 'Device\n', 'hid/capacity': '3\n' })
    expect(readPcFacts(linux.places, true).power).toEqual({ source: 'ac', percent: null })
    supplies({ 'BAT0/type': 'Battery\n', 'BAT0/capacity': '41\n', 'AC/type': 'Mains\n', 'AC/online': '0\n' })
    expect(readPcFacts(linux.places, true).power).toEqual({ source: 'battery', percent: 41 })
    supplies({ 'AC/online': '1\n' })
    expect(readPcFacts(linux.places, true).power).toEqual({ source: 'ac', percent: 41 })
  })

  it('tell all graphics by the numbers of PCI: those with a screen and those that compute beside them', () => {
    const device = (at: string, type: string, vendor: string, id: string) => ({
      [`sys/bus/pci/devices/${at}/class`]: `${type}\n`,
      [`sys/bus/pci/devices/${at}/vendor`]: `${vendor}\n`,
      [`sys/bus/pci/devices/${at}/device`]: `${id}\n`,
    })
    expect(readPcFacts(linux.places, true).gpus).toEqual([])
    linux.put({
      ...device('0000:00:02.0', '0x030000', '0x8086', '0x9a49'),
      ...device('0000:01:00.0', '0x030200', '0x10de', '0x25a0'),
      ...device('0000:02:00.0', '0x028000', '0x8086', '0x2725'),
      ...device('0000:03:00.0', '0x038000', '0x1af4', '0x1050'),
    })
    expect(readPcFacts(linux.places, true).gpus).toEqual([
      'Intel 8086:9a49',
      'NVIDIA 10de:25a0',
      'Graphics 1af4:1050',
    ])
  })

  it.each([
    [{ 'a/class': '0x010601\n', 'a/vendor': '0x8086\n' }, 'ahci'],
    [{ 'a/class': '0x010802\n', 'a/vendor': '0x144d\n' }, 'nvme'],
    [{ 'a/class': '0x010400\n', 'a/vendor': '0x8086\n' }, 'rst'],
    [{ 'a/class': '0x010400\n', 'a/vendor': '0x1000\n' }, 'unknown'],
  ])('tell how disks are plugged in: %j', (files, expected) => {
    linux.put(
      Object.fromEntries(
        Object.entries(files).map(([name, value]) => [`sys/bus/pci/devices/${name}`, value]),
      ),
    )
    expect(readPcFacts(linux.places, true).storageController).toBe(expected)
  })
})

describe('facts of the firmware', () => {
  it('are BIOS without the folder of EFI', () => {
    expect(readFirmwareFacts(linux.places)).toMatchObject({ kind: 'bios', access: 'none' })
  })

  it.each([
    ['rw', 'rw', 'read-write'],
    ['rw', 'ro', 'read-only'],
    ['ro', 'rw', 'read-only'],
  ])('tell whether variables can be written: mounted %s, file system %s', (mount, system, access) => {
    const point = `${linux.places.sys}/firmware/efi/efivars`
    linux.put({
      'sys/firmware/efi/fw_platform_size': '64\n',
      'proc/self/mountinfo': `33 1 0:30 / ${point} ${mount},nosuid - efivarfs efivarfs ${system}\n`,
    })
    expect(readFirmwareFacts(linux.places)).toMatchObject({ kind: 'uefi64', access })
  })

  it('are out of reach when nobody mounted the variables, and know 32-bit firmware', () => {
    linux.put({ 'sys/firmware/efi/fw_platform_size': '32\n' })
    expect(readFirmwareFacts(linux.places)).toMatchObject({ kind: 'uefi32', access: 'none' })
  })
})
