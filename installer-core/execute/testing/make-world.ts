import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lba, MiB } from '../../base/bytes.ts'
import { guid, type Guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType, vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { createGpt } from '../../formats/gpt/create-gpt.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import { gptWrites } from '../../formats/gpt/gpt-writes.ts'
import { loadOptionAttribute, serialiseLoadOption } from '../../formats/load-option/load-option.ts'
import { setVariable } from '../../formats/varstore/edit-varstore.ts'
import { readOvmf } from '../../formats/testing/foreign-tools.ts'
import { seeded } from '../../formats/testing/fuzz.ts'
import { numbersToBytes } from '../../steps/variables.ts'
import { CowDisk } from './cow-disk.ts'
import type { World } from './world.ts'

export const diskGuid = guid('11111111-2222-4333-8444-555555555555')
export const espGuid = guid('aaaaaaaa-0001-4000-8000-000000000001')
export const msrGuid = guid('aaaaaaaa-0002-4000-8000-000000000002')
export const windowsGuid = guid('aaaaaaaa-0003-4000-8000-000000000003')

/** A PC with Windows' layout, in memory: ESP with the stand-in for Windows, MSR, and an NTFS volume when it has a size. */
export interface PcShape {
  readonly sectorSize: 512 | 4096
  /** Sizes in MiB. */
  readonly disk: number
  readonly esp: number
  readonly ntfs: number
  /** OVMF's variable file: both layouts are tried. */
  readonly store: 'OVMF_VARS.fd' | 'OVMF_VARS_4M.fd'
}

export const windowsFiles: Readonly<Record<string, Buffer>> = {
  '/EFI/Microsoft/Boot/bootmgfw.efi': pattern(1, 70_000),
  '/EFI/Microsoft/Boot/BCD': pattern(2, 20_480),
  '/EFI/Boot/bootx64.efi': pattern(1, 70_000),
  '/EFI/Vendor/Long name of a tool.bin': pattern(3, 5_000),
}
export const ntfsFiles: Readonly<Record<string, Buffer>> = {
  'letter.txt': Buffer.from('Dear reader,\n'),
  'photo.raw': pattern(4, 1_500_000),
}

export function makeWorld(shape: PcShape): World {
  const folder = mkdtempSync(join(tmpdir(), 'berth-world-'))
  try {
    const disk = new CowDisk('disk0.img', shape.sectorSize, shape.disk * MiB)
    partition(disk, shape)
    load(disk, MiB, makeEsp(folder, shape))
    if (shape.ntfs > 0) load(disk, (1 + shape.esp + 1) * MiB, makeNtfs(folder, shape))
    return { disks: [disk], variables: makeVariables(shape), log: [], journal: new Map() }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function partition(disk: CowDisk, shape: PcShape): void {
  const { sectorSize } = disk
  const sectors = disk.size / sectorSize
  const table = expectOk(createGpt({ sectorSize, sectors, diskGuid }))
  const add = (slot: number, id: Guid, typeGuid: Guid, start: number, size: number, name: string) => ({
    kind: 'add' as const,
    slot,
    guid: id,
    typeGuid,
    start: lba((start * MiB) / sectorSize),
    blocks: (size * MiB) / sectorSize,
    attributes: '0000000000000000',
    name,
  })
  const { esp, ntfs } = shape
  const edits = [
    add(1, espGuid, partitionType.esp, 1, esp, 'EFI system partition'),
    add(2, msrGuid, partitionType.microsoftReserved, 1 + esp, 1, 'Microsoft reserved partition'),
    ...(ntfs > 0
      ? [add(3, windowsGuid, partitionType.microsoftBasicData, 2 + esp, ntfs, 'Basic data partition')]
      : []),
  ]
  for (const write of gptWrites(expectOk(editGpt(table, edits))))
    expectOk(disk.write(write.lba * sectorSize, write.data))
}

function makeEsp(folder: string, shape: PcShape): string {
  const image = emptyImage(folder, 'esp.img', shape.esp)
  tool('mkfs.vfat', ['-S', `${shape.sectorSize}`, '-n', 'SYSTEM', '-i', '12345678', '--invariant', image])
  const made = new Set<string>()
  for (const [path, data] of Object.entries(windowsFiles)) {
    const names = path.split('/').slice(1, -1)
    names.forEach((_, depth) => {
      const parent = `::/${names.slice(0, depth + 1).join('/')}`
      if (!made.has(parent.toLowerCase())) tool('mmd', ['-i', image, parent])
      made.add(parent.toLowerCase())
    })
    writeFileSync(join(folder, 'file'), data)
    tool('mcopy', ['-i', image, join(folder, 'file'), `::${path}`])
  }
  return image
}

function makeNtfs(folder: string, shape: PcShape): string {
  const image = emptyImage(folder, 'ntfs.img', shape.ntfs)
  const start = ((2 + shape.esp) * MiB) / shape.sectorSize
  const geometry = ['-s', `${shape.sectorSize}`, '-p', `${start}`, '-H', '255', '-S', '63']
  tool('mkntfs', ['-F', '-Q', '-q', ...geometry, '-L', 'Windows', image])
  for (const [name, data] of Object.entries(ntfsFiles)) {
    writeFileSync(join(folder, 'file'), data)
    tool('ntfscp', [image, join(folder, 'file'), name])
  }
  return image
}

function emptyImage(folder: string, name: string, size: number): string {
  const path = join(folder, name)
  writeFileSync(path, '')
  truncateSync(path, size * MiB)
  return path
}

function load(disk: CowDisk, offset: number, image: string): void {
  const data = readFileSync(image)
  const piece = 16 * 1024
  const zeros = Buffer.alloc(piece)
  for (let at = 0; at < data.length; at += piece) {
    const part = data.subarray(at, at + piece)
    if (!part.equals(zeros.subarray(0, part.length))) expectOk(disk.write(offset + at, part))
  }
}

function makeVariables(shape: PcShape): Uint8Array {
  const location = {
    partitionNumber: 1,
    partitionGuid: espGuid,
    start: lba(MiB / shape.sectorSize),
    size: (shape.esp * MiB) / shape.sectorSize,
  }
  const windows = serialiseLoadOption({
    attributes: loadOptionAttribute.active,
    description: 'Windows Boot Manager',
    paths: [shortFormPath(location, '/EFI/Microsoft/Boot/bootmgfw.efi')],
    optionalData: Buffer.from('WINDOWS\0', 'latin1'),
  })
  const variables: readonly (readonly [string, Uint8Array])[] = [
    ['Boot0000', windows],
    ['BootOrder', numbersToBytes([0])],
  ]
  return variables.reduce(
    (store, [name, data]) =>
      expectOk(setVariable(store, { vendor: vendor.global, name }, { attributes: 7, data })),
    readOvmf(shape.store),
  )
}

/** A missing program is an error that says so. */
export function tool(program: string, args: readonly string[]): Buffer {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  return execFileSync(program, args, {
    env: { ...process.env, PATH: path, MTOOLS_SKIP_CHECK: '1' },
    stdio: 'pipe',
    maxBuffer: 64 * MiB,
  })
}

export function pattern(seed: number, length: number): Buffer {
  const random = seeded(seed)
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)))
}
