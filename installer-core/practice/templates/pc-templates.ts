import { GiB, MiB } from '../../base/bytes.ts'
import type { Json } from '../../base/json.ts'
import type { DiskDesign, PcDesign } from '../build/pc-design.ts'
import { biosTemplate } from './bios-template.ts'
import { bootVariables, windowsOptionalData, type EntryWish } from './boot-variables.ts'
import { layOut, partitionIn, type DiskWish } from './lay-out.ts'
import { linuxBootFiles, linuxEsp, linuxLoader, linuxRoot } from './linux-parts.ts'
import type { TemplateNeeds } from './template-needs.ts'
import {
  dataVolume,
  windowsBootFiles,
  windowsDiskSize,
  windowsPartitions,
  type WindowsShape,
} from './windows-parts.ts'

type Template = (needs: TemplateNeeds) => PcDesign

/** Full enough that two versions of any system do not fit beside Windows' own files. */
const fullEsp: WindowsShape = { espSize: 100 * MiB, espFree: 38 * MiB }

const runningWindows = { os: 'windows', version: '11 24H2', locale: 'de-DE', elevated: true }
const runningLinux = { os: 'linux', version: 'Debian 13', locale: 'en_GB.UTF-8', elevated: true }

/** Every template by name; `berth practice new DIR --like NAME`. */
export const pcTemplates = {
  windows: (needs) => windowsPc(needs, 'Windows with a small ESP', {}, fullEsp),
  'windows-4kn': (needs) =>
    windowsPc(
      needs,
      'Windows on a disk with 4 KiB sectors',
      { sectorSize: 4096 },
      { espSize: 260 * MiB, espFree: 60 * MiB },
    ),
  'windows-big-esp': (needs) =>
    windowsPc(needs, 'Windows with a big ESP', {}, { espSize: 1 * GiB, espFree: null }),
  'windows-gap': (needs) =>
    windowsPc(needs, 'Windows with unused room on its disk', { gap: 6 * GiB }, fullEsp),
  'windows-room': (needs) =>
    windowsPc(needs, 'Windows with room for a whole desktop', { size: 36 * GiB, gap: 20 * GiB }, fullEsp),
  'windows-two-disks': (needs) => {
    const windows = windowsPc(needs, 'Windows with a second disk', {}, fullEsp)
    const wish: DiskWish = {
      file: 'disk1.img',
      size: 12 * GiB,
      sectorSize: 512,
      bus: 'sata',
      serial: 'P0002',
      partitions: [dataVolume(needs.identities, 6 * GiB)],
    }
    return { ...windows, disks: [...windows.disks, layOut(wish, needs.identities)] }
  },
  linux: (needs) => linuxPc(needs),
  'linux-running': runningLinuxPc,
  'linux-windows': linuxWindowsPc,
  bitlocker: (needs) => {
    const pc = windowsPc(needs, 'Windows with BitLocker', {}, { ...fullEsp, encrypted: true })
    const windows = partitionIn(firstDisk(pc), 3)
    const bitlocker = { conversion: 'fully-encrypted', protection: 'on' }
    return {
      ...pc,
      description: { ...pc.description, tpm: '2.0', volumes: { [windows.guid]: { bitlocker } } },
    }
  },
  'nearly-full': (needs) =>
    windowsPc(
      needs,
      'Windows with hardly any room left',
      { size: 1280 * MiB },
      { espSize: 100 * MiB, espFree: 6 * MiB, windowsFree: 60 * MiB },
    ),
  'broken-gpt': (needs) =>
    windowsPc(needs, 'The two partition tables disagree', { backupDiffersIn: 3 }, fullEsp),
  bios: biosTemplate,
} as const satisfies Readonly<Record<string, Template>>

export type TemplateName = keyof typeof pcTemplates
export const templateNames = Object.keys(pcTemplates) as readonly TemplateName[]

function windowsPc(
  { identities }: TemplateNeeds,
  name: string,
  disk: Partial<Pick<DiskWish, 'sectorSize' | 'size' | 'gap' | 'backupDiffersIn'>>,
  shape: WindowsShape,
): PcDesign {
  const partitions = windowsPartitions(identities, shape)
  const layout = layOut({ ...internalDisk, ...disk, partitions }, identities)
  return describe(name, layout, [windowsEntry(layout, 1)], runningWindows, {
    windows: { fastStartup: false },
  })
}

function linuxPc({ identities, systemdBoot }: TemplateNeeds, espSize?: number): PcDesign {
  const partitions = [
    linuxEsp(identities, linuxBootFiles(systemdBoot), espSize),
    linuxRoot(identities, 'rest'),
  ]
  const layout = layOut({ ...internalDisk, size: 8 * GiB, partitions }, identities)
  return describe('Linux alone', layout, [linuxEntry(layout, 1)], runningLinux, {})
}

/** As if it were the PC that Berth runs on: its root is mounted, and its ESP holds what makes room and not much more. */
function runningLinuxPc(needs: TemplateNeeds): PcDesign {
  const pc = linuxPc(needs, 160 * MiB)
  const root = partitionIn(firstDisk(pc), 2)
  return {
    ...pc,
    description: {
      ...pc.description,
      name: 'A running Linux on its whole disk',
      volumes: { [root.guid]: { mounted: ['/'] } },
    },
  }
}

function linuxWindowsPc({ identities, systemdBoot }: TemplateNeeds): PcDesign {
  const own = new Set(windowsBootFiles.map((file) => file.path))
  const linuxFiles = linuxBootFiles(systemdBoot).filter((file) => !own.has(file.path))
  const windows = windowsPartitions(identities, {
    espSize: 512 * MiB,
    espFree: null,
    espFiles: [...windowsBootFiles, ...linuxFiles],
  })
  const partitions = [...windows, linuxRoot(identities, 3 * GiB)]
  const layout = layOut({ ...internalDisk, partitions }, identities)
  const entries = [linuxEntry(layout, 1), windowsEntry(layout, 1)]
  return describe('Linux beside Windows', layout, entries, runningLinux, {})
}

const internalDisk: Omit<DiskWish, 'partitions'> = {
  file: 'disk0.img',
  size: windowsDiskSize,
  sectorSize: 512,
  bus: 'nvme',
  serial: 'P0001',
}

function windowsEntry(disk: DiskDesign, esp: number): EntryWish {
  return {
    description: 'Windows Boot Manager',
    partition: partitionIn(disk, esp),
    path: '/EFI/Microsoft/Boot/bootmgfw.efi',
    optionalData: windowsOptionalData(),
  }
}

function linuxEntry(disk: DiskDesign, esp: number): EntryWish {
  return { description: 'Linux Boot Manager', partition: partitionIn(disk, esp), path: linuxLoader }
}

function describe(
  name: string,
  disk: DiskDesign,
  entries: readonly EntryWish[],
  running: Readonly<Record<string, Json>>,
  more: Readonly<Record<string, Json>>,
): PcDesign {
  const description = {
    name,
    firmware: { kind: 'uefi64' },
    running: { ...running, bootedFrom: partitionIn(disk, 1).guid },
    ...more,
  }
  return { disks: [disk], variables: bootVariables(entries), description }
}

function firstDisk(pc: PcDesign): DiskDesign {
  const [disk] = pc.disks
  if (disk === undefined) throw new Error('a PC without a disk')
  return disk
}
