import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { toHex } from '../../installer-core/base/guid.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { partitionType, vendor } from '../../installer-core/base/well-known.ts'
import type { DevicePath } from '../../installer-core/formats/device-path/node.ts'
import { devicePathText } from '../../installer-core/formats/device-path/device-path-text.ts'
import { serialiseDevicePaths } from '../../installer-core/formats/device-path/serialise-device-path.ts'
import {
  fileNode,
  hardDriveNode,
  shortFormPath,
  type PartitionLocation,
} from '../../installer-core/formats/device-path/short-form.ts'
import {
  parseBootNumber,
  parseBootOrder,
  serialiseBootNumber,
  serialiseBootOrder,
} from '../../installer-core/formats/efi-variable/boot-order.ts'
import { createGpt } from '../../installer-core/formats/gpt/create-gpt.ts'
import { editGpt } from '../../installer-core/formats/gpt/edit-gpt.ts'
import type { GptDisk } from '../../installer-core/formats/gpt/gpt-types.ts'
import { gptWrites } from '../../installer-core/formats/gpt/gpt-writes.ts'
import { parseGpt } from '../../installer-core/formats/gpt/parse-gpt.ts'
import { addition, diskGuid, endsOf } from '../../installer-core/formats/gpt/testing/image.ts'
import {
  parseLoadOption,
  serialiseLoadOption,
  type LoadOption,
} from '../../installer-core/formats/load-option/load-option.ts'
import { setVariable } from '../../installer-core/formats/varstore/edit-varstore.ts'
import { parseVarstore } from '../../installer-core/formats/varstore/parse-varstore.ts'
import { chooseAccelerator } from '../../installer-core/practice/qemu/accelerator.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { windowsOptionalData } from '../../installer-core/practice/templates/boot-variables.ts'
import { makeEfibootmgrSystem } from './efibootmgr-system.ts'
import { run } from './run-tool.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-efibootmgr-boot-'))
const file = (name: string) => join(folder, name)
const variables = file('firmware.fd')
const loader = '/EFI/Berth/check.efi'
const espStart = 2048
const espSize = 64 * MiB
afterAll(() => rmSync(folder, { recursive: true }))

let esp: PartitionLocation
let data: PartitionLocation
let entries: readonly (readonly [number: string, option: LoadOption])[]
let lines: readonly string[]

const script = `set -e
echo "--- as written"
efibootmgr -v
echo "--- create"
efibootmgr -q -C -b 00B0 -d /dev/nvme0n1 -p 2 -l '\\EFI\\x\\y.efi' -L 'Test'
efibootmgr -q -c -b 00B1 -d /dev/nvme1n1 -p 5 -l '/EFI/x/z.efi' -L 'Zweiter Größe' -u 'quiet'
efibootmgr -q -B -b 0007
efibootmgr
echo "--- order"
efibootmgr -q -o 0042,00B0,001A
efibootmgr -q -n 00B1
`

beforeAll(async () => {
  esp = makeDisk('disk0.img', 512, 2, espStart, espSize / 512)
  data = makeDisk('disk1.img', 4096, 5, 512, 1000)
  writeFileSync(file('check.efi'), await makeEfibootmgrSystem())
  makeEsp()
  entries = ownEntries()
  prepareFirmware()
  lines = await runInGuest(script)
})

/** A disk of 96 MiB with one partition; what is answered is read back from it. */
function makeDisk(
  name: string,
  sectorSize: 512 | 4096,
  slot: number,
  start: number,
  blocks: number,
): PartitionLocation {
  const empty = expectOk(createGpt({ sectorSize, sectors: (96 * MiB) / sectorSize, diskGuid }))
  const more = { typeGuid: partitionType.esp }
  writeTable(file(name), expectOk(editGpt(empty, [addition(slot, start, blocks, more)])))
  const gpt = expectOk(parseGpt(endsOf(new Uint8Array(readFileSync(file(name))), sectorSize)))
  const [found] = gpt.partitions
  if (found === undefined) throw new Error('the table is empty')
  return { partitionNumber: found.slot, partitionGuid: found.guid, start: found.start, size: found.blocks }
}

function writeTable(path: string, gpt: GptDisk): void {
  const image = openSync(path, 'w')
  ftruncateSync(image, gpt.sectors * gpt.sectorSize)
  for (const write of gptWrites(gpt)) writeSync(image, write.data, 0, null, write.lba * gpt.sectorSize)
  closeSync(image)
}

/** The system on the first disk's ESP, where only a boot entry finds it. */
function makeEsp(): void {
  const fat = file('esp.img')
  writeFileSync(fat, '')
  truncateSync(fat, espSize)
  run('mkfs.vfat', ['-F', '32', fat])
  run('mmd', ['-i', fat, '::/EFI', '::/EFI/Berth'])
  run('mcopy', ['-i', fat, file('check.efi'), `::${loader}`])
  const image = openSync(file('disk0.img'), 'r+')
  writeSync(image, readFileSync(fat), 0, null, espStart * 512)
  closeSync(image)
}

/** What Berth writes for its system, Windows' entry as Windows writes it, and one that is not active. */
function ownEntries(): readonly (readonly [number: string, option: LoadOption])[] {
  const none = new Uint8Array()
  const entry = (
    attributes: number,
    description: string,
    path: DevicePath,
    optionalData: Uint8Array,
  ): LoadOption => ({ attributes, description, paths: [path], optionalData })
  const windows = shortFormPath(esp, '/EFI/Microsoft/Boot/bootmgfw.efi')
  return [
    ['0042', entry(1, 'Berth minimal system 1.0.0', shortFormPath(esp, loader), none)],
    ['001A', entry(1, 'Windows Boot Manager', windows, windowsOptionalData())],
    ['0007', entry(0, 'Größe', shortFormPath(data, '/EFI/Übung/x.efi'), none)],
  ]
}

function prepareFirmware(): void {
  copyFileSync(expectOk(findFirmware()).variables, variables)
  let image = new Uint8Array(readFileSync(variables))
  const set = (name: string, content: Uint8Array) => {
    const value = { attributes: 7, data: content }
    image = new Uint8Array(expectOk(setVariable(image, { vendor: vendor.global, name }, value)))
  }
  for (const [number, option] of entries) set(`Boot${number}`, serialiseLoadOption(option))
  set('BootOrder', serialiseBootOrder([0x1a, 0x42, 7]))
  set('BootNext', serialiseBootNumber(0x42))
  writeFileSync(variables, image)
}

function readVariable(name: string): Uint8Array | null {
  const store = expectOk(parseVarstore(new Uint8Array(readFileSync(variables))))
  const found = store.variables.find((one) => one.vendor === vendor.global && one.name === name)
  if (found !== undefined) expect(found.attributes, name).toBe(7)
  return found?.data ?? null
}

/** A variable that must be there. */
function dataOf(name: string): Uint8Array {
  const found = readVariable(name)
  if (found === null) throw new Error(`no variable ${name}`)
  return found
}

/** Starts the PC with a script; the lines that the guest printed. */
async function runInGuest(script: string): Promise<readonly string[]> {
  writeFileSync(file('script'), script)
  const firmware = expectOk(findFirmware())
  const disk = { bus: 'nvme', throwAway: true } as const
  const pc = expectOk(
    await startPc({
      accelerator: await chooseAccelerator(firmware),
      firmwareCode: firmware.code,
      variables,
      disks: [
        { ...disk, file: file('disk0.img'), sectorSize: 512, serial: 'P0001' },
        { ...disk, file: file('disk1.img'), sectorSize: 4096, serial: 'P0002' },
      ],
      memoryMiB: 512,
      display: 'none',
      handOver: { script: file('script') },
    }),
  )
  const ended = await pc.ended
  const output = pc.lines.map((line) => line.text)
  expect(ended.end, output.join('\n')).toBe('power-off')
  expect(output).toContain('Berth: script ended with 0')
  return output
}

/** What the guest printed from one line to another, neither included. */
function between(from: string, to: string): readonly string[] {
  const [start, end] = [lines.indexOf(from), lines.indexOf(to)]
  expect(start, lines.join('\n')).toBeGreaterThanOrEqual(0)
  expect(end, lines.join('\n')).toBeGreaterThan(start)
  return lines.slice(start + 1, end)
}

/** An entry as `efibootmgr -v` prints it: its first line, then the bytes of its path and of its optional data. */
function printed(number: string): readonly string[] {
  const all = between('--- as written', '--- create')
  const at = all.findIndex((line) => line.startsWith(`Boot${number}`))
  expect(at, all.join('\n')).toBeGreaterThanOrEqual(0)
  const rest = all.slice(at + 1)
  const next = rest.findIndex((line) => !line.startsWith(' '))
  return all.slice(at, next === -1 ? all.length : at + 1 + next)
}

/** The bytes as efibootmgr prints them after `label:`, in pieces that end with each node. */
function bytesOf(entry: readonly string[], label: string): string | null {
  const line = entry.find((one) => one.trimStart().startsWith(`${label}: `))
  return line === undefined ? null : line.replace(/^ *\w+: /, '').replaceAll(/[ /]/g, '')
}

describe('entries that Berth wrote into the variable store', () => {
  it('are followed by the firmware: BootNext starts Berth once', () => {
    const report = between('--- as written', '--- create')
    expect(report).toContain('BootCurrent: 0042')
    expect(report.filter((line) => line.startsWith('BootNext'))).toEqual([])
  })

  it('come in the order that was written, before those that the firmware adds', () => {
    const report = between('--- as written', '--- create')
    const order = report.find((line) => line.startsWith('BootOrder: '))
    expect(order).toMatch(/^BootOrder: 001A,0042,0007(,000[0-6])*$/)
  })

  it('are what efibootmgr reads: description, state, partition and file', () => {
    const espText = 'HD(2,GPT,11111111-2222-4333-8444-000000000002,0x800,0x20000)'
    const dataText = 'HD(5,GPT,11111111-2222-4333-8444-000000000005,0x200,0x3e8)'
    expect(printed('0042')[0]).toBe(
      `Boot0042* Berth minimal system 1.0.0\t${espText}/File(\\EFI\\Berth\\check.efi)`,
    )
    expect(printed('001A')[0]).toBe(
      `Boot001A* Windows Boot Manager\t${espText}/File(\\EFI\\Microsoft\\Boot\\bootmgfw.efi)${toHex(windowsOptionalData())}`,
    )
    expect(printed('0007')[0]).toBe(`Boot0007  Größe\t${dataText}/File(\\EFI\\Übung\\x.efi)`)
  })

  it('keep every byte of path and optional data, and are shown with the same words', () => {
    for (const [number, { paths, optionalData }] of entries) {
      const entry = printed(number)
      expect(bytesOf(entry, 'dp'), number).toBe(toHex(serialiseDevicePaths(paths)))
      const optional = optionalData.length === 0 ? null : toHex(optionalData)
      expect(bytesOf(entry, 'data'), number).toBe(optional)
      expect(entry[0]).toContain(`\t${paths.map(devicePathText).join()}`)
    }
  })
})

describe('what efibootmgr wrote, read from the variable store', () => {
  it('is an entry for a file on the first disk, as Berth itself would write it', () => {
    const wanted = {
      attributes: 1,
      description: 'Test',
      paths: [shortFormPath(esp, '/EFI/x/y.efi')],
      optionalData: new Uint8Array(),
    }
    expect(parseLoadOption(dataOf('Boot00B0')), lines.join('\n')).toEqual({ ok: true, value: wanted })
    expect(toHex(serialiseLoadOption(wanted))).toBe(toHex(dataOf('Boot00B0')))
  })

  it('is an entry for a disk with sectors of 4096 bytes, with a description beyond ASCII and optional data', () => {
    const wanted = {
      attributes: 1,
      description: 'Zweiter Größe',
      paths: [{ nodes: [hardDriveNode(data), fileNode('\\EFI\\x\\z.efi')], endType: 0x7f as const }],
      optionalData: Uint8Array.from([...'quiet'].flatMap((unit) => [unit.charCodeAt(0), 0])),
    }
    expect(parseLoadOption(dataOf('Boot00B1')), lines.join('\n')).toEqual({ ok: true, value: wanted })
    expect(toHex(serialiseLoadOption(wanted))).toBe(toHex(dataOf('Boot00B1')))
  })

  it('is an entry that goes first, an entry that is gone, an order and what comes next', () => {
    const order = between('--- create', '--- order').find((line) => line.startsWith('BootOrder: '))
    expect(order).toMatch(/^BootOrder: 00B1,001A,0042(,000[0-6])*$/)
    expect(readVariable('Boot0007')).toBeNull()
    expect(parseBootOrder(dataOf('BootOrder'))).toEqual({ ok: true, value: [0x42, 0xb0, 0x1a] })
    expect(parseBootNumber(dataOf('BootNext'))).toEqual({ ok: true, value: 0xb1 })
  })

  it('leaves the entries alone that it was not told to change', () => {
    for (const [number, option] of entries.filter(([one]) => one !== '0007'))
      expect(toHex(dataOf(`Boot${number}`)), number).toBe(toHex(serialiseLoadOption(option)))
  })
})
