import fc from 'fast-check'
import { GiB, MiB, bytes } from '../../base/bytes.ts'
import type { Disk, FileSystem } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import { findAmbiguous } from '../../probe/find-ambiguous.ts'
import {
  bootEntry,
  buildDisk,
  buildMachine,
  partitionIdOf,
  windowsPartitions,
  type PartitionSpec,
} from '../../check/testing/machine-builder.ts'

const fileSystems: readonly FileSystem[] = [
  'none',
  'fat32',
  'fat16',
  'ntfs',
  'ext4',
  'btrfs',
  'bitlocker',
  'luks',
  'swap',
  'exfat',
]
const types = [
  'microsoftBasicData',
  'linuxGeneric',
  'linuxHome',
  'esp',
  'xbootldr',
  'windowsRecovery',
  'linuxSwap',
  'ldmData',
] as const

/** A partition of any kind, in any state, in any slot order, behind a gap of any size, aligned or not. */
function arbitraryPartition(disk: number, index: number): fc.Arbitrary<PartitionSpec> {
  return fc
    .record({
      type: fc.constantFrom(...types),
      fileSystem: fc.constantFrom(...fileSystems),
      size: fc.integer({ min: 1, max: 12 * 1024 }),
      odd: fc.constantFrom(0, 4096, 512 * 1024),
      gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 * 1024 })),
      freePart: fc.double({ min: 0, max: 1, noNaN: true }),
      limitPart: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
      dirty: fc.constantFrom(true, false, false, false),
      hibernated: fc.constantFrom(true, false, false, false),
      inUse: fc.constantFrom<string[]>([], [], ['/']),
      required: fc.constantFrom('0', '0', '0', '1'),
    })
    .map((r) => {
      const size = r.size * MiB + r.odd
      const name = `disk ${disk} partition ${index}`
      const free = Math.floor(size * r.freePart)
      return {
        name,
        type: r.type,
        size,
        gapBefore: r.gap * MiB,
        attributes: `000000000000000${r.required}`,
        volume: {
          fileSystem: r.fileSystem,
          size: bytes(size),
          free: bytes(free),
          shrinkLimit: r.limitPart === null ? null : bytes(Math.floor(size * r.limitPart)),
          dirty: r.dirty,
          hibernated: r.hibernated,
          inUse: r.inUse as never,
        },
      }
    })
}

function arbitraryDisk(index: number): fc.Arbitrary<Disk> {
  return fc
    .record({
      parts: fc
        .integer({ min: 0, max: 6 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => arbitraryPartition(index, i)))),
      windows: fc.boolean(),
      sectorSize: fc.constantFrom<512 | 4096>(512, 512, 4096),
      tail: fc.integer({ min: 0, max: 8 * 1024 }),
      removable: fc.constantFrom(false, false, false, true),
      shuffled: fc.boolean(),
    })
    .map(({ parts, windows, sectorSize, tail, removable, shuffled }) => {
      const list: PartitionSpec[] = [...(windows && index === 0 ? windowsPartitions() : []), ...parts]
      const partitions = list.map((one, i) => ({
        ...one,
        slot: shuffled ? list.length - i + (i % 2) * 20 : i + 1,
      }))
      const used = list.reduce((sum, one) => sum + one.size + (one.gapBefore ?? 0), 0)
      const size = used - (used % MiB) + (tail + 3) * MiB
      return buildDisk({ name: `disk${index}.img`, size, sectorSize, removable, partitions })
    })
}

/** PCs of many shapes: one to three disks, gaps and volumes anywhere, entries and orders that do not fit together. */
export const arbitraryMachine: fc.Arbitrary<Machine> = fc
  .record({
    disks: fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => arbitraryDisk(i)))),
    numbers: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }),
    phantom: fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }),
    next: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
    order: fc.boolean(),
  })
  .map(({ disks, numbers, phantom, next, order }) =>
    buildMachine({
      disks,
      firmware: {
        bootEntries: numbers.map((number) => bootEntry(number)),
        bootOrder: order ? [...new Set([...numbers, ...phantom])] : null,
        bootNext: next,
      },
      more: {
        ambiguous: findAmbiguous(disks),
        bootVolumes: disks.flatMap((disk) =>
          disk.partitions.map((one) => ({ partition: one.id, files: [], incomplete: false, manifest: null })),
        ),
      },
    }),
  )

/** Choices of every kind, about things that are mostly there. */
export const arbitraryChoices: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    spaceFrom: fc.oneof(
      fc.constantFrom(
        { kind: 'automatic' },
        { kind: 'automatic' },
        { kind: 'esp' },
        { kind: 'xbootldr' },
        { kind: 'gap' },
      ),
      fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 5 })).map(([disk, index]) => ({
        kind: 'shrink',
        partition: partitionIdOf(`disk ${disk} partition ${index}`),
      })),
      fc.constant({ kind: 'shrink', partition: partitionIdOf('Windows') }),
    ),
    bootSpace: fc.option(fc.integer({ min: 10 * MiB, max: 8 * GiB }), { nil: undefined }),
    bootPartitionType: fc.constantFrom('xbootldr', 'esp'),
    defaultSystem: fc.constantFrom('present', 'new'),
  })
  .map((choices) => JSON.parse(JSON.stringify(choices)) as Record<string, unknown>)

/** Without or with a data partition. */
export const arbitraryData = fc.option(
  fc
    .record({ minimum: fc.integer({ min: 1, max: 2048 }), more: fc.integer({ min: 0, max: 8192 }) })
    .map(({ minimum, more }) => ({
      typeGuid: '4d21b016-b534-45c2-a9fb-5c16e091fd2d',
      minimum: bytes(minimum * MiB),
      recommended: bytes((minimum + more) * MiB),
    })),
  { nil: null },
)
