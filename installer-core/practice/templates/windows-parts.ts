import { GiB, KiB, MiB } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import type { FileDesign } from '../build/pc-design.ts'
import type { PartitionWish } from './lay-out.ts'
import type { Identities } from './seeded-guid.ts'

/** Windows marks its boot volume so that other systems do not mount it by themselves. */
const noDriveLetter = '8000000000000000'
/** Required by the platform, and no drive letter. */
const recoveryAttributes = '8000000000000001'

/** The files of Windows on an ESP; the stand-in takes the places of its boot manager. */
export const windowsBootFiles: readonly FileDesign[] = [
  { path: '/EFI/Microsoft/Boot/bootmgfw.efi', content: { kind: 'stand-in', standIn: 'windows' } },
  { path: '/EFI/Microsoft/Boot/BCD', content: { kind: 'noise', size: 36 * KiB, seed: 'BCD' } },
  { path: '/EFI/Microsoft/Boot/BCD.LOG', content: { kind: 'noise', size: 24 * KiB, seed: 'BCD.LOG' } },
  { path: '/EFI/Microsoft/Boot/boot.stl', content: { kind: 'noise', size: 9 * KiB, seed: 'boot.stl' } },
  {
    path: '/EFI/Microsoft/Boot/de-DE/bootmgfw.efi.mui',
    content: { kind: 'noise', size: 77 * KiB, seed: 'mui' },
  },
  {
    path: '/EFI/Microsoft/Boot/Fonts/segoe_slboot.ttf',
    content: { kind: 'noise', size: 84 * KiB, seed: 'ttf' },
  },
  { path: '/EFI/BOOT/BOOTX64.EFI', content: { kind: 'stand-in', standIn: 'windows' } },
]

/** Files of a person and of Windows, of many sizes, in the root of the volume. */
const windowsFiles: readonly FileDesign[] = [
  text('/Bewerbung Müller.txt', 'Sehr geehrte Damen und Herren,\n'),
  text('/читай меня.txt', 'Привет!\n'),
  text('/写真メモ.txt', '春\n'),
  text('/empty.txt', ''),
  noise('/bootTel.dat', 80),
  noise('/Photo 0001.jpg', 3 * MiB + 17),
  noise('/Photo 0002.jpg', 2 * MiB + 4095),
  noise('/Video.mp4', 12 * MiB),
  noise('/System.log', 4096),
  ...Array.from({ length: 20 }, (_, i) =>
    noise(`/Letter ${String(i + 1).padStart(2, '0')}.docx`, 700 * i + 1),
  ),
]

/** How a Windows PC is laid out. */
export interface WindowsShape {
  readonly espSize: number
  /** Room left on the ESP in bytes; null: as much as there is. */
  readonly espFree: number | null
  readonly espFiles?: readonly FileDesign[]
  /** Room left on the Windows volume in bytes; absent: as much as there is. */
  readonly windowsFree?: number
  readonly encrypted?: boolean
}

/** The partitions of a PC that came with Windows, as its own setup makes them. */
export function windowsPartitions(identities: Identities, shape: WindowsShape): readonly PartitionWish[] {
  const recovery: PartitionWish = {
    key: 'recovery',
    typeGuid: partitionType.windowsRecovery,
    name: '',
    size: 512 * MiB,
    attributes: recoveryAttributes,
    contents: {
      kind: 'ntfs',
      label: 'Recovery',
      serial: identities.hex('recovery', 16),
      files: [noise('/Winre.wim', 5 * MiB), noise('/ReAgent.xml', 1100)],
    },
  }
  const reserved: PartitionWish = {
    key: 'msr',
    typeGuid: partitionType.microsoftReserved,
    name: 'Microsoft reserved partition',
    size: 16 * MiB,
    attributes: noDriveLetter,
    contents: { kind: 'nothing' },
  }
  return [windowsEsp(identities, shape), reserved, windowsVolume(identities, shape), recovery]
}

function windowsEsp(identities: Identities, { espSize, espFree, espFiles }: WindowsShape): PartitionWish {
  return {
    key: 'esp',
    typeGuid: partitionType.esp,
    name: 'EFI system partition',
    size: espSize,
    attributes: noDriveLetter,
    contents: {
      kind: 'fat',
      type: 'fat32',
      label: 'SYSTEM',
      volumeId: identities.hex('esp', 8),
      files: espFiles ?? windowsBootFiles,
      ...(espFree === null ? {} : { leaveFree: espFree }),
    },
  }
}

function windowsVolume(identities: Identities, shape: WindowsShape): PartitionWish {
  const free = shape.windowsFree === undefined ? {} : { leaveFree: shape.windowsFree }
  const ntfs = {
    kind: 'ntfs' as const,
    label: 'Windows',
    serial: identities.hex('windows', 16),
    files: windowsFiles,
  }
  return {
    key: 'windows',
    typeGuid: partitionType.microsoftBasicData,
    name: 'Basic data partition',
    size: 'rest',
    contents: shape.encrypted === true ? { kind: 'bitlocker', seed: 'windows' } : { ...ntfs, ...free },
  }
}

/** A data volume on a disk of its own. */
export function dataVolume(identities: Identities, size: number): PartitionWish {
  return {
    key: 'data',
    typeGuid: partitionType.microsoftBasicData,
    name: 'Basic data partition',
    size,
    contents: {
      kind: 'ntfs',
      label: 'Data',
      serial: identities.hex('data', 16),
      files: [noise('/Backup.zip', 6 * MiB), text('/Notes.txt', 'Milk, bread.\n')],
    },
  }
}

/** The usual size of the disk that Windows lies on: room for a boot partition after a shrink, still quick to make. */
export const windowsDiskSize = 16 * GiB

function text(path: string, words: string): FileDesign {
  return { path, content: { kind: 'text', text: words } }
}

function noise(path: string, size: number): FileDesign {
  return { path, content: { kind: 'noise', size, seed: path } }
}
