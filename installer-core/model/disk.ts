import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import {
  bytesSchema,
  diskIdSchema,
  guidSchema,
  hexSchema,
  lbaSchema,
  partitionIdSchema,
  safeTextSchema,
  sha256Schema,
} from './primitives.ts'

export const fileSystems = [
  'none',
  'unknown',
  'fat12',
  'fat16',
  'fat32',
  'exfat',
  'ntfs',
  'refs',
  'bitlocker',
  'ext2',
  'ext3',
  'ext4',
  'btrfs',
  'xfs',
  'f2fs',
  'erofs',
  'squashfs',
  'luks',
  'lvm',
  'linux-raid',
  'zfs',
  'swap',
  'apfs',
  'hfsplus',
] as const

export const bitlockerSchema = z.strictObject({
  conversion: z.enum([
    'fully-decrypted',
    'fully-encrypted',
    'encrypting',
    'decrypting',
    'encryption-paused',
    'decryption-paused',
    'unknown',
  ]),
  protection: z.enum(['off', 'on', 'unknown']),
})

/** What lies in a partition, told by its own superblock and never by its type, label or a hint. */
export const volumeSchema = z.strictObject({
  fileSystem: z.enum(fileSystems),
  /** The size the file system itself claims, in bytes; null when it says none. */
  size: bytesSchema.nullable(),
  free: bytesSchema.nullable(),
  /** The smallest size this volume can be shrunk to, in bytes; null when it is not known before trying. */
  shrinkLimit: bytesSchema.nullable(),
  /** Needs a check by its own system before anybody else may write; null: it has no such mark. */
  dirty: z.boolean().nullable(),
  /** Holds a sleeping system's memory (Windows' hibernation or Fast Startup). */
  hibernated: z.boolean().nullable(),
  label: safeTextSchema,
  /** The file system's own id (NTFS serial, FAT volume id, ext UUID), lower case; '' when none. */
  uuid: z.string(),
  bitlocker: bitlockerSchema.nullable(),
  /** Why it is in use right now (a mount point, `swap`, `dm`, `raid`), as words for a list; empty when it is not. */
  inUse: z.array(safeTextSchema),
  /** True when the running system does not start unless it can mount this volume for writing. */
  neededAtStart: z.literal(true).optional(),
})

export const partitionSchema = z.strictObject({
  id: partitionIdSchema,
  /** 1-based number of its slot in the table; slots are kept as they are. */
  slot: z.int().min(1),
  typeGuid: guidSchema.nullable(),
  /** MBR type byte; null on GPT. */
  mbrType: z.int().min(0).max(255).nullable(),
  start: lbaSchema,
  /** Length in logical sectors. */
  blocks: z.int().min(1),
  size: bytesSchema,
  /** The 64 attribute bits, 16 hex digits. */
  attributes: hexSchema.length(16),
  name: safeTextSchema,
  volume: volumeSchema,
})

export const gapSchema = z.strictObject({ start: lbaSchema, blocks: z.int().min(1), size: bytesSchema })

export const tableSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('gpt'),
    guid: guidSchema,
    primary: z.enum(['valid', 'damaged']),
    backup: z.enum(['valid', 'damaged', 'misplaced']),
    /** Both copies valid and describing the same partitions. */
    agree: z.boolean(),
    protectiveMbr: z.enum(['protective', 'hybrid', 'missing']),
    firstUsable: lbaSchema,
    lastUsable: lbaSchema,
    slots: z.int().min(1),
    /** What is damaged, in the words of the parser: `header.crc32`, `entries.crc32`, … */
    problems: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('mbr'), signature: hexSchema.length(8), bootable: z.boolean() }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('unreadable'), reason: z.string() }),
])

export const diskSchema = z.strictObject({
  id: diskIdSchema,
  /** What the system calls it (`disk0.img`, `/dev/nvme0n1`): to show, never to find it by. */
  name: safeTextSchema,
  sectorSize: z.union([z.literal(512), z.literal(4096)]),
  size: bytesSchema,
  model: safeTextSchema,
  /** Personal: left out of reports and fingerprints. */
  serial: safeTextSchema.nullable(),
  bus: z.enum(['nvme', 'sata', 'usb', 'mmc', 'virtio', 'scsi', 'raid', 'unknown']),
  removable: z.boolean(),
  table: tableSchema,
  /** SHA-256 over everything `editPartitions` would replace: both headers, both entry arrays, the first sector. */
  tableDigest: sha256Schema,
  partitions: z.array(partitionSchema),
  /** Unused room between the usable LBAs, aligned inward to 1 MiB, sorted by start. */
  gaps: z.array(gapSchema),
})

export type Bitlocker = DeepReadonly<z.infer<typeof bitlockerSchema>>
export type Volume = DeepReadonly<z.infer<typeof volumeSchema>>
export type FileSystem = Volume['fileSystem']
export type Partition = DeepReadonly<z.infer<typeof partitionSchema>>
export type Gap = DeepReadonly<z.infer<typeof gapSchema>>
export type Table = DeepReadonly<z.infer<typeof tableSchema>>
export type Disk = DeepReadonly<z.infer<typeof diskSchema>>
