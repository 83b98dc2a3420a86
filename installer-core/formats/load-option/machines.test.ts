import { expect } from 'vitest'
import { fromHex, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { devicePathText } from '../device-path/device-path-text.ts'
import { parseDevicePaths } from '../device-path/parse-device-path.ts'
import { serialiseDevicePaths } from '../device-path/serialise-device-path.ts'
import { fileOf, hardDriveOf } from '../device-path/short-form.ts'
import { bootEntryName } from '../efi-variable/boot-entry-name.ts'
import { parseBootNumber, parseBootOrder } from '../efi-variable/boot-order.ts'
import { parseEfivarFile } from '../efi-variable/efivar-file.ts'
import { parseFlag } from '../efi-variable/flag.ts'
import { itReads } from '../testing/shared-fixtures.ts'
import { loadOptionAttribute, parseLoadOption, serialiseLoadOption, type LoadOption } from './load-option.ts'
import { readMachine, type MachineVariables } from './testing/machine-variables.ts'

const ascii = (data: Uint8Array) => String.fromCharCode(...data)
const utf16 = (data: Uint8Array) => new TextDecoder('utf-16le').decode(data)
const where = (option: LoadOption | undefined) => option?.paths.map(devicePathText)
const partitionOf = (option: LoadOption | undefined) => {
  const drives = option?.paths.map(hardDriveOf).filter((drive) => drive !== null)
  return drives?.[0]
}

/** A recording whose every load option comes back byte for byte. */
function itReadsMachine(name: string, title: string, test: (machine: MachineVariables) => void): void {
  itReads(`efivars/${name}.efivars.json`, title, (file) => {
    const machine = readMachine(file)
    for (const [entry, option] of machine.options)
      expect(toHex(serialiseLoadOption(option)), entry).toBe(toHex(machine.data(entry)))
    test(machine)
  })
}

itReads('efivars/Boot0002-windows.efivar.bin', "Windows' entry", (file) => {
  const { attributes, data } = expectOk(parseEfivarFile(file))
  const option = expectOk(parseLoadOption(data))
  expect(attributes).toBe(7)
  expect(option.description).toBe('Windows Boot Manager')
  expect(partitionOf(option)).toMatchObject({ partitionNumber: 1, start: 0x800, size: 0x32000 })
  expect(ascii(option.optionalData.subarray(0, 8))).toBe('WINDOWS\0')
  expect(utf16(option.optionalData.subarray(20))).toContain(
    'BCDOBJECT={9dea862c-5cdd-4e70-acc1-f32b344d4795}',
  )
})

itReadsMachine('asrock-inactive-load-options', 'two entries that are not active', ({ options }) => {
  const hd = 'HD(1,GPT,ef1f48f8-0f82-4924-a31f-bf79d8bc4c7b,0x800,0x100000)'
  expect(
    [...options.values()].map((option) => [option.description, option.attributes, where(option)]),
  ).toEqual([
    ['Linux Boot Manager', 0, [`${hd}/File(\\EFI\\SYSTEMD\\SYSTEMD-BOOTX64.EFI)`]],
    ['UEFI OS', 0, [`${hd}/File(\\EFI\\BOOT\\BOOTX64.EFI)`]],
  ])
  expect(toHex(options.get('Boot0001')!.optionalData)).toBe('0000424f')
})

itReadsMachine('asus-efivars1-seven-entries-mok', 'an entry outside the order, one ESP thrice', (machine) => {
  const { order, options } = machine
  expect(order).toEqual([0, 1, 2, 3, 4, 5])
  expect(options.get('Boot0006')?.description).toBe('test')
  expect(where(options.get('Boot0006'))?.[0]).toMatch(/^PciRoot\(0x2\)\/Pci.*NVMe\(.*\/HD\(1,GPT,.*\/File\(/)
  expect(ascii(machine.data('SbatLevel'))).toMatch(/^sbat,1,2021030218/)
  const same = ['Boot0000', 'Boot0001', 'Boot0002'].map((name) => partitionOf(options.get(name)))
  expect(same[1]).toEqual(same[0])
  expect(same[2]).toEqual(same[0])
  expect(
    new Set(['Boot0000', 'Boot0001', 'Boot0002'].map((name) => fileOf(options.get(name)!.paths[0]!))).size,
  ).toBe(3)
})

itReadsMachine(
  'dell-machine1-bootfff6-entries',
  'entries at the top of the numbers',
  ({ order, options, names }) => {
    expect(order).toEqual([0, 1])
    const high = names.filter(({ name }) => name.startsWith('BootFFF'))
    expect(high.map(({ name }) => name.slice(4)).sort()).toEqual([
      'FFF6',
      'FFF7',
      'FFF8',
      'FFFB',
      'FFFC',
      'FFFD',
      'FFFE',
    ])
    expect(high.every((entry) => entry.vendor !== vendor.global)).toBe(true)
    expect(utf16(options.get('Boot0001')!.optionalData).replace(/\0$/, '')).toBe('\\fwupdx64.efi')
  },
)

itReadsMachine('dual-device-path-venhw-fallback', 'two paths, the first a stand-in', (machine) => {
  for (const name of ['Boot0001', 'Boot0004', 'Boot0003', 'Boot0000']) {
    const option = machine.options.get(name)!
    expect(option.paths).toHaveLength(2)
    expect(where(option)?.[0]).toBe('VenHw(99e275e7-75a0-4b37-a2e6-c5385e6c00cb)')
    expect(hardDriveOf(option.paths[1]!)).not.toBeNull()
    expect(option.attributes & loadOptionAttribute.hidden).toBe(loadOptionAttribute.hidden)
  }
  expect(partitionOf(machine.options.get('Boot0000'))).toMatchObject({ start: 0x800, size: 0x82000 })
  expect(expectOk(parseFlag(machine.data('SecureBoot')))).toBeNull()
})

itReadsMachine('fedora-windows-empty-bootnext', 'an empty BootNext, a SecureBoot that is text', (machine) => {
  expect(machine.order).toHaveLength(3)
  expect(machine.options.get('Boot0002')?.optionalData).toHaveLength(136)
  expect(ascii(machine.options.get('Boot0002')!.optionalData.subarray(0, 7))).toBe('WINDOWS')
  expect(expectOk(parseBootNumber(machine.raw('BootNext')))).toBeNull()
  expect(parseEfivarFile(machine.raw('SecureBoot'))).toMatchObject({ failure: { code: 'malformed' } })
})

itReadsMachine('hp-desktop-windows-ispH-20-entries', 'twenty entries, menus of the firmware', (machine) => {
  const { order, options } = machine
  expect(options.size).toBe(20)
  expect(order?.[0]).toBe(0x13)
  expect(partitionOf(options.get('Boot0013'))).toMatchObject({ partitionNumber: 2, start: 0x96800 })
  expect(ascii(options.get('Boot0013')!.optionalData.subarray(-4))).toBe('ISPH')
  const menus = [...options.values()].filter(
    (option) => option.attributes === loadOptionAttribute.categoryApp,
  )
  expect(menus.map((option) => option.description)).toContain('Bios Setup')
  expect(where(options.get('Boot000A'))?.[0]).toMatch(/^BBS\(0x2,Harddisk1\)\/PciRoot/)
  expect(machine.data('db')).toHaveLength(4600)
  expect(machine.data('dbx')).toHaveLength(3828)
})

itReadsMachine(
  'supermicro-machine0-fedora',
  'one entry with the mark of its firmware',
  ({ order, options }) => {
    expect(order).toEqual([1])
    const option = options.get('Boot0001')!
    expect(where(option)).toEqual([
      'HD(1,GPT,927f5841-dc54-4ff4-821c-d29b59c48ab1,0x800,0x1ff800)/File(\\EFI\\FEDORA\\SHIM.EFI)',
    ])
    expect(toHex(option.optionalData)).toBe('0000424f')
  },
)

itReadsMachine(
  'thinkpad-22-entries-app-category',
  'programs of the firmware among the entries',
  (machine) => {
    const { order, options } = machine
    expect(options.size).toBe(22)
    expect(order).toEqual([0, 1, 0x17, 0x18, 0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1b, 0x23])
    expect(options.get('Boot0010')).toMatchObject({ description: 'Setup', attributes: 0x100 })
    expect(options.get('Boot0014')?.attributes).toBe(0x108)
    expect(options.get('Boot0017')?.attributes).toBe(0)
    expect(expectOk(parseBootOrder(machine.data('BootOrderDefault')))).toHaveLength(12)
    expect(machine.raw('SetupMode')).toHaveLength(57)
    expect(parseFlag(machine.data('SetupMode'))).toMatchObject({ failure: { code: 'malformed' } })
  },
)

itReadsMachine('thinkpad-cloud-uri-entries', 'addresses on the network, one empty', (machine) => {
  expect(machine.options.size).toBe(13)
  expect(where(machine.options.get('Boot0021'))?.[0]).toMatch(/\/Uri\(https:\/\/.*\)$/)
  expect(machine.options.get('Boot0022')?.paths[0]?.nodes.at(-1)).toMatchObject({
    type: 3,
    subType: 24,
    data: new Uint8Array(),
  })
  expect(expectOk(parseFlag(machine.data('SecureBoot')))).toBe(false)
})

itReadsMachine(
  'ubuntu-windows-same-esp-guid-two-sizes',
  'one partition with two sizes',
  ({ order, options }) => {
    expect(order).toEqual([3, 0, 1])
    const [ubuntu, windows] = [partitionOf(options.get('Boot0003')), partitionOf(options.get('Boot0000'))]
    expect(ubuntu?.signature).toEqual(windows?.signature)
    expect([ubuntu?.size, windows?.size]).toEqual([0x100000, 0x154000])
  },
)

itReadsMachine('workstation-pxe-second-path-and-dead-usb', 'a name in the second path', ({ options }) => {
  expect(partitionOf(options.get('Boot0001'))).toMatchObject({ partitionNumber: 2, size: 0x3d0800 })
  for (const name of ['Boot0006', 'Boot0007'])
    expect(where(options.get(name))).toEqual(Array(2).fill('VenHw(99e275e7-75a0-4b37-a2e6-c5385e6c00cb)'))
  const second = options.get('Boot0002')!.paths[1]!.nodes[0]!
  expect(second.kind === 'other' && utf16(second.data.subarray(16))).toContain('PXE IPv4')
})

/** The hexadecimal lines of `efibootmgr -v`, version 17 and later: the number of an entry, its path, its optional data. */
function listed(file: Uint8Array) {
  const text = new TextDecoder('latin1').decode(file)
  return [...text.matchAll(/^Boot([0-9A-Fa-f]{4}).*\n +dp: ([0-9a-f /]+)(?:\n +data: ([0-9a-f ]+))?/gm)].map(
    ([line, number = '', path = '', data]) => ({
      name: bootEntryName(Number.parseInt(number, 16)),
      line: line.split('\n')[0] ?? '',
      path: path.replaceAll(/[ /]/g, ''),
      data: data?.replaceAll(' ', '') ?? null,
    }),
  )
}

itReads('efibootmgr/v18-ami-kingston-with-dp-and-data.txt', 'GPT and MBR paths as bytes', (file) => {
  const [windows, other] = listed(file)
  const texts = [windows, other].map((entry) =>
    expectOk(parseDevicePaths(fromHex(entry!.path))).map(devicePathText),
  )
  expect(texts).toEqual([
    [
      'HD(1,GPT,efc7b437-93ee-479b-9817-3fd8d46ffdaa,0x800,0x96000)/File(\\EFI\\Microsoft\\Boot\\bootmgfw.efi)',
    ],
    ['HD(2,MBR,0x4049dea9,0x1d9d2000,0x320000)/File(\\EFI\\BOOT\\BOOTX64.EFI)'],
  ])
  expect(ascii(fromHex(windows!.data!)).startsWith('WINDOWS\0')).toBe(true)
  expect(other?.data).toBe('0000424f')
})

const listings = [
  ['v18-thinkpad-sdboot-short', 4],
  ['v17-thinkpad-windows-after-grub', 2],
  ['v17-dell-optiplex-auto-created', 2],
  ['steamdeck-bootnext-sdcard-mbr', 2],
  ['v18-ami-kingston-with-dp-and-data', 2],
] as const

for (const [name, least] of listings)
  itReads(`efibootmgr/${name}.txt`, 'paths come back byte for byte and read as listed', (file) => {
    const entries = listed(file)
    expect(entries.length).toBeGreaterThanOrEqual(least)
    for (const entry of entries) {
      const paths = expectOk(parseDevicePaths(fromHex(entry.path)))
      expect(toHex(serialiseDevicePaths(paths)), entry.name).toBe(entry.path)
      const shown = /HD\([^)]*\)/.exec(entry.line)?.[0]
      const text = paths.map(devicePathText).join(' ')
      if (shown !== undefined) expect(text).toContain(shown)
      const files = paths.map(fileOf).filter((path) => path !== null)
      for (const path of files) expect(entry.line).toContain(path)
    }
  })
