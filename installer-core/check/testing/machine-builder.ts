import { GiB, MiB, bytes } from '../../base/bytes.ts'
import type { Choices } from '../../model/choices.ts'
import { choicesSchema } from '../../model/choices.ts'
import type { Disk } from '../../model/disk.ts'
import type { BootEntry, InstalledSystem, Machine } from '../../model/machine.ts'
import type { PartitionId, ReleaseId, SafeText } from '../../model/primitives.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { buildDisk, partitionIdOf, type DiskSpec, type PartitionSpec } from './disk-builder.ts'

export * from './disk-builder.ts'

const text = (value: string): SafeText => value as SafeText

/** Partitions as Windows makes them: ESP, MSR, C:, recovery. Change one by naming it. */
export function windowsPartitions(
  change: Partial<Record<'ESP' | 'MSR' | 'Windows' | 'Recovery', Partial<PartitionSpec>>> = {},
): PartitionSpec[] {
  const plain: PartitionSpec[] = [
    {
      name: 'ESP',
      type: 'esp',
      size: 100 * MiB,
      volume: { fileSystem: 'fat32', free: bytes(70 * MiB), dirty: false, label: text('SYSTEM') },
    },
    { name: 'MSR', type: 'microsoftReserved', size: 16 * MiB },
    {
      name: 'Windows',
      type: 'microsoftBasicData',
      size: 50 * GiB,
      volume: {
        fileSystem: 'ntfs',
        free: bytes(30 * GiB),
        shrinkLimit: bytes(22 * GiB),
        dirty: false,
        hibernated: false,
        label: text('Windows'),
      },
    },
    {
      name: 'Recovery',
      type: 'windowsRecovery',
      size: 768 * MiB,
      attributes: '8000000000000001',
      volume: { fileSystem: 'ntfs', free: bytes(200 * MiB), dirty: false, hibernated: false },
    },
  ]
  return plain.map((part) => {
    const more = change[part.name as 'ESP'] ?? {}
    return { ...part, ...more, volume: { ...part.volume, ...more.volume } }
  })
}

/** A disk that is filled by Windows' partitions: no gap unless one is asked for. */
export function windowsDisk(change: Parameters<typeof windowsPartitions>[0] = {}, disk: DiskSpec = {}): Disk {
  const partitions = disk.partitions ?? windowsPartitions(change)
  const used = partitions.reduce((sum, p) => sum + p.size + (p.gapBefore ?? 0), 0)
  return buildDisk({ size: used + 2 * MiB, ...disk, partitions })
}

/** A firmware entry; by default Windows Boot Manager on the partition named `ESP`. */
export function bootEntry(number: number, more: Partial<BootEntry> = {}): BootEntry {
  return {
    number,
    description: text('Windows Boot Manager'),
    active: true,
    hidden: false,
    category: 0,
    partition: partitionIdOf('ESP'),
    path: text('\\EFI\\Microsoft\\Boot\\bootmgfw.efi'),
    devicePath: text('HD(1,GPT,…)/File(\\EFI\\Microsoft\\Boot\\bootmgfw.efi)'),
    optionalData: '',
    data: '01000000',
    target: 'present',
    ...more,
  }
}

/** A PC as a test describes it. */
export interface MachineSpec {
  readonly disks?: readonly Disk[]
  readonly firmware?: Partial<Omit<Machine['firmware'], 'secureBoot'>>
  readonly secureBoot?: Partial<Machine['firmware']['secureBoot']>
  readonly running?: Partial<Machine['running']>
  readonly windows?: Partial<NonNullable<Machine['windows']>> | null
  readonly more?: Partial<Machine>
}

/** A healthy laptop with Windows 11 on one disk, changed where the test says so. */
export function buildMachine(spec: MachineSpec = {}): Machine {
  return {
    schema: 'berth/machine/1',
    source: { kind: 'practice-pc', name: text('a test') },
    running: {
      os: 'windows',
      version: text('11 24H2'),
      locale: text('en-US'),
      bootedFrom: partitionIdOf('ESP'),
      elevated: true,
      ...spec.running,
    },
    power: { source: 'ac', percent: 80 },
    memory: bytes(16 * GiB),
    cpu: 'x86_64',
    gpus: [],
    tpm: '2.0',
    storageController: 'nvme',
    windows:
      spec.windows === null
        ? null
        : {
            fastStartup: false,
            pendingRestart: false,
            clockIsUtc: false,
            deviceEncryptionAutomatic: false,
            ...spec.windows,
          },
    firmware: {
      kind: 'uefi64',
      access: 'read-write',
      vendor: text('EDK II'),
      model: text('Practice PC'),
      version: text('1'),
      free: null,
      secureBoot: {
        state: 'off',
        certificates: [],
        allowed: [],
        refused: [],
        sbatLevel: null,
        ...spec.secureBoot,
      },
      bootEntries: [bootEntry(0)],
      unreadableEntries: [],
      bootOrder: [0],
      bootNext: null,
      bootCurrent: 0,
      timeoutSeconds: 0,
      quirks: [],
      ...spec.firmware,
    },
    disks: spec.disks ?? [windowsDisk()],
    bootVolumes: [
      {
        partition: partitionIdOf('ESP'),
        files: [
          { path: '/EFI/Microsoft/Boot/bootmgfw.efi', size: bytes(1_600_000), sha256: 'ab'.repeat(32) },
        ],
        incomplete: false,
        manifest: null,
      },
    ],
    ambiguous: { disks: [], partitions: [] },
    installed: [windowsSystem()],
    berth: { state: 'absent' },
    ...spec.more,
  }
}

/** Windows as an installed system. */
export function windowsSystem(more: Partial<InstalledSystem> = {}): InstalledSystem {
  return {
    kind: 'windows',
    name: text('Windows'),
    bootVolume: partitionIdOf('ESP'),
    loader: text('/EFI/Microsoft/Boot/bootmgfw.efi'),
    entries: [0],
    running: true,
    ...more,
  }
}

/** Choices as a profile would give them. */
export function buildChoices(more: Record<string, unknown> = {}): Choices {
  return choicesSchema.parse({ schema: 'berth/choices/1', ...more })
}

/** A release of one 12 MiB UKI that asks for 32 MiB and 64 MiB in reserve. */
export function buildRelease(more: Partial<ReleaseManifest> = {}): ReleaseManifest {
  const id = (more.id ?? 'minimal-2026.11.1-x86_64') as ReleaseId
  return {
    schema: 'berth/release/1',
    id,
    name: 'Minimal',
    version: '2026.11.1',
    architecture: 'x86_64',
    loader: `/EFI/Linux/${id}.efi`,
    files: [
      { source: `${id}.efi`, path: `/EFI/Linux/${id}.efi`, size: bytes(12 * MiB), sha256: 'cd'.repeat(32) },
    ],
    needs: {
      bootSpace: bytes(32 * MiB),
      reserve: bytes(64 * MiB),
      memory: { required: bytes(512 * MiB), recommended: bytes(1 * GiB) },
      firmware: ['uefi64'],
      data: null,
    },
    secureBoot: { signers: [], imageSha256: 'ef'.repeat(32), sbat: 'sbat,1\nberth,1\n' },
    practiceOnly: true,
    ...more,
  }
}

export const releaseSha256 = '12'.repeat(32)
export const anyPartition = (name: string): PartitionId => partitionIdOf(name)
