import { expect, it } from 'vitest'
import { guid, toHex } from '../../base/guid.ts'
import { toUcs2z } from '../byte-view.ts'
import { devicePathText } from '../device-path/device-path-text.ts'
import { parseDevicePaths } from '../device-path/parse-device-path.ts'
import { serialiseDevicePaths } from '../device-path/serialise-device-path.ts'
import { fileNode, shortFormPath } from '../device-path/short-form.ts'
import type { DevicePath } from '../device-path/node.ts'
import { parseBootNumber, parseBootOrder, serialiseBootOrder } from '../efi-variable/boot-order.ts'
import { parseEfivarFile, serialiseEfivarFile } from '../efi-variable/efivar-file.ts'
import { parseFlag } from '../efi-variable/flag.ts'
import { fuzz } from '../testing/fuzz.ts'
import { parseLoadOption, serialiseLoadOption } from './load-option.ts'

const partition = {
  partitionNumber: 1,
  partitionGuid: guid('6c89622c-0142-433b-8591-7965b5daad12'),
  start: 0x800,
  size: 0x82000,
}
const long: DevicePath = {
  nodes: [
    { kind: 'other', type: 2, subType: 1, data: Uint8Array.of(0xd0, 0x41, 3, 10, 0, 0, 0, 0) },
    { kind: 'other', type: 1, subType: 1, data: Uint8Array.of(0, 0x1f) },
    { kind: 'other', type: 3, subType: 18, data: new Uint8Array(6) },
    { kind: 'instance-end' },
    ...shortFormPath(partition, '/EFI/BOOT/BOOTX64.EFI').nodes,
    fileNode('x'),
  ],
  endType: 0x7f,
}
const short = shortFormPath(partition, '/EFI/Linux/berth.efi')
/** Every byte is looked at a fixed number of times, whatever the nodes say. */
const bound = (length: number) => ({ bytes: 16 + 6 * length, entries: length / 4 + 2 })

it('refuses or reads any mutation of a load option, and gives back what it read', () => {
  const count = fuzz({
    name: 'load-option',
    seeds: [
      { attributes: 1, description: 'Berth', paths: [short], optionalData: toUcs2z('quiet') },
      { attributes: 0x109, description: '', paths: [long, short], optionalData: new Uint8Array() },
      { attributes: 1, description: 'menu', paths: [], optionalData: Uint8Array.of(1, 2) },
    ].map(serialiseLoadOption),
    parse: (data, work) => {
      const result = parseLoadOption(data, work)
      if (result.ok) expect(toHex(serialiseLoadOption(result.value))).toBe(toHex(data))
      return result
    },
    bound,
  })
  expect(count.accepted).toBeGreaterThan(1000)
})

it('refuses or reads any mutation of a device path, gives back what it read and puts it into words', () => {
  const count = fuzz({
    name: 'device-path',
    seeds: [serialiseDevicePaths([short]), serialiseDevicePaths([long]), serialiseDevicePaths([long, short])],
    parse: (data, work) => {
      const result = parseDevicePaths(data, work)
      if (result.ok) {
        expect(toHex(serialiseDevicePaths(result.value))).toBe(toHex(data))
        expect(result.value.map(devicePathText)).toHaveLength(result.value.length)
      }
      return result
    },
    bound,
  })
  expect(count.accepted).toBeGreaterThan(1000)
})

it('refuses or reads any mutation of the variables around them', () => {
  const order = serialiseBootOrder([0, 1, 0x1a, 0xffff])
  fuzz({
    name: 'efi-variable',
    seeds: [
      serialiseEfivarFile({ attributes: 7, data: order }),
      order,
      Uint8Array.of(1, 0),
      Uint8Array.of(1),
    ],
    parse: (data, work) => {
      const file = parseEfivarFile(data, work)
      if (file.ok) expect(toHex(serialiseEfivarFile(file.value))).toBe(toHex(data))
      const numbers = parseBootOrder(data, work)
      if (numbers.ok) expect(toHex(serialiseBootOrder(numbers.value))).toBe(toHex(data))
      const single = parseBootNumber(data, work)
      const flag = parseFlag(data, work)
      return [file, numbers, single, flag].find((result) => !result.ok) ?? file
    },
    bound: (length) => ({ bytes: 16 + 6 * length, entries: 0 }),
  })
})
