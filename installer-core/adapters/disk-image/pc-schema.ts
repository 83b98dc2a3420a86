import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { bitlockerSchema } from '../../model/disk.ts'
import { bytesSchema, guidSchema, partitionIdSchema } from '../../model/primitives.ts'

/**
 * Misbehaviour of a practice PC's firmware. At once: `boot-order-locked` (BootOrder cannot be written). At each restart:
 * `boot-order-reverts` (Windows first, entries that the firmware did not make itself are dropped from BootOrder),
 * `entry-vanishes` (entries that BootOrder does not list are deleted), `erases-2002` (Boot2002 is deleted),
 * `ignores-bootnext-unless-listed`, `needs-full-device-path` (a BootNext that is not listed, or whose entry begins with
 * the partition, is dropped).
 */
const firmwareFaults = [
  'boot-order-reverts',
  'entry-vanishes',
  'ignores-bootnext-unless-listed',
  'needs-full-device-path',
  'boot-order-locked',
  'erases-2002',
] as const

/** A file in the PC's own folder: a plain name. */
const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\]*$/, 'a file name without a folder')
  .refine((name) => name !== '.' && name !== '..', 'a file name')

const firmwareSchema = z.strictObject({
  kind: z.enum(['uefi64', 'uefi32', 'bios']).default('uefi64'),
  variables: fileName.default('firmware.fd'),
  access: z.enum(['read-write', 'read-only', 'none']).default('read-write'),
  /** Room that the variable store pretends to have left, in bytes; null: what it has. */
  freeBytes: bytesSchema.nullable().default(null),
  faults: z.array(z.enum(firmwareFaults)).default([]),
})

const runningSchema = z.strictObject({
  os: z.enum(['windows', 'linux', 'none', 'unknown']).default('windows'),
  version: z.string().max(200).default('11 24H2'),
  locale: z.string().max(100).default('de-DE'),
  bootedFrom: partitionIdSchema.nullable().default(null),
  elevated: z.boolean().default(true),
})

const powerSchema = z.strictObject({
  source: z.enum(['ac', 'battery', 'unknown']).default('ac'),
  percent: z.number().min(0).max(100).nullable().default(80),
})

const diskSchema = z.strictObject({
  file: fileName,
  sectorSize: z.union([z.literal(512), z.literal(4096)]).default(512),
  model: z.string().max(200).default('Practice Disk'),
  serial: z.string().max(200).nullable().default('P0001'),
  bus: z.enum(['nvme', 'sata', 'usb', 'mmc', 'virtio', 'scsi', 'raid', 'unknown']).default('nvme'),
  removable: z.boolean().default(false),
})

const volumeSchema = z.strictObject({
  bitlocker: bitlockerSchema.optional(),
  /** The smallest size that the running system would shrink this volume to. */
  shrinkLimitBytes: bytesSchema.nullable().default(null),
  /** Where the running system has it mounted. */
  mounted: z.array(z.string().regex(/^\//, 'a path').max(200)).max(16).default([]),
})

const windowsSchema = z.strictObject({
  fastStartup: z.boolean().nullable().default(false),
  pendingRestart: z.boolean().nullable().default(false),
  clockIsUtc: z.boolean().nullable().default(false),
  deviceEncryptionAutomatic: z.boolean().nullable().default(false),
})

/** `pc.json`: what a disk image cannot hold. Whatever is not given has a harmless value; an unknown key is an error. */
export const pcFileSchema = z.strictObject({
  format: z.literal('berth-practice-pc/1'),
  name: z.string().min(1).max(200).default('Practice PC'),
  firmware: firmwareSchema.prefault({}),
  running: runningSchema.prefault({}),
  power: powerSchema.prefault({}),
  memoryMiB: z
    .int()
    .min(1)
    .max(1 << 24)
    .default(16384),
  cpu: z.enum(['x86_64', 'aarch64', 'x86', 'unknown']).default('x86_64'),
  gpus: z.array(z.string().max(200)).max(16).default(['Intel Iris Xe']),
  tpm: z.enum(['1.2', '2.0', 'unknown']).nullable().default('2.0'),
  disks: z.array(diskSchema).min(1).max(26),
  /** By partition GUID, lower case. */
  volumes: z.record(guidSchema as unknown as z.ZodType<string, string>, volumeSchema).default({}),
  windows: windowsSchema.prefault({}),
  storageController: z.enum(['ahci', 'nvme', 'rst', 'vmd', 'unknown']).default('ahci'),
})

export type PcFile = DeepReadonly<z.infer<typeof pcFileSchema>>
export type FirmwareFault = (typeof firmwareFaults)[number]
