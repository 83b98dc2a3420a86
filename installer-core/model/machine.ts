import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { diskSchema } from './disk.ts'
import {
  bootNumberSchema,
  bytesSchema,
  diskIdSchema,
  guidSchema,
  hexSchema,
  partitionIdSchema,
  releaseIdSchema,
  safeTextSchema,
  sha256Schema,
} from './primitives.ts'

/** Facts that a probe and a machine share, word for word. */
const pcFacts = {
  source: z.strictObject({
    kind: z.enum(['practice-pc', 'recording', 'linux', 'windows']),
    name: safeTextSchema,
  }),
  running: z.strictObject({
    os: z.enum(['windows', 'linux', 'none', 'unknown']),
    version: safeTextSchema,
    locale: safeTextSchema,
    /** The ESP this system was started from; null when unknown. */
    bootedFrom: partitionIdSchema.nullable(),
    elevated: z.boolean(),
  }),
  power: z.strictObject({
    source: z.enum(['ac', 'battery', 'unknown']),
    percent: z.number().min(0).max(100).nullable(),
  }),
  memory: bytesSchema,
  cpu: z.enum(['x86_64', 'aarch64', 'x86', 'unknown']),
  gpus: z.array(safeTextSchema),
  /** Null: none, as far as the present system sees. Unknown: one is there, and its version is not told. */
  tpm: z.enum(['1.2', '2.0', 'unknown']).nullable(),
  storageController: z.enum(['ahci', 'nvme', 'rst', 'vmd', 'unknown']),
  windows: z
    .strictObject({
      fastStartup: z.boolean().nullable(),
      pendingRestart: z.boolean().nullable(),
      clockIsUtc: z.boolean().nullable(),
      deviceEncryptionAutomatic: z.boolean().nullable(),
    })
    .nullable(),
}

const firmwareFacts = {
  kind: z.enum(['uefi64', 'uefi32', 'bios']),
  access: z.enum(['read-write', 'read-only', 'none']),
  vendor: safeTextSchema,
  model: safeTextSchema,
  version: safeTextSchema,
  /** Room left for variables in bytes; null when the firmware does not say. */
  free: bytesSchema.nullable(),
}

export const rawVariableSchema = z.strictObject({
  vendor: guidSchema,
  name: z.string(),
  attributes: z.int(),
  data: hexSchema,
})

/** A file on a boot volume. `sha256` is there for files that start a system (`.efi`, at most 128 MiB each). */
export const bootFileSchema = z.strictObject({
  path: z.string(),
  size: bytesSchema,
  sha256: sha256Schema.nullable(),
})

/** What lies on one FAT volume of an ESP or XBOOTLDR: at most 4,096 files, folders deeper than 8 left out. */
export const bootVolumeSchema = z.strictObject({
  partition: partitionIdSchema,
  files: z.array(bootFileSchema),
  /** True when the listing was cut at its limits or a folder could not be read. */
  incomplete: z.boolean(),
  /** The text of Berth's ownership manifest there (`/loader/berth/manifest.json`); null when absent. */
  manifest: z.string().nullable(),
  /** The texts of the offline stage's records of room there (`model/room.ts`); absent when there is none. */
  rooms: z.array(z.string()).optional(),
  /** What a start that failed left there (`probe/failed-start.ts`); absent when there is none, or it is too long. */
  failedStart: z.string().optional(),
})

/** What an adapter read, before anything was concluded from it. */
export const rawFactsSchema = z.strictObject({
  schema: z.literal('berth/facts/1'),
  ...pcFacts,
  firmware: z.strictObject({ ...firmwareFacts, variables: z.array(rawVariableSchema) }),
  disks: z.array(diskSchema),
  bootVolumes: z.array(bootVolumeSchema),
})

/** A Boot#### variable, decoded. */
export const bootEntrySchema = z.strictObject({
  number: bootNumberSchema,
  description: safeTextSchema,
  active: z.boolean(),
  hidden: z.boolean(),
  /** Application entries (setup, diagnostics) are category 1. */
  category: z.int(),
  /** The partition its HD node names; null when it names none. */
  partition: partitionIdSchema.nullable(),
  /** The file it starts, `\`-separated as stored; null when it names none. */
  path: safeTextSchema.nullable(),
  devicePath: safeTextSchema,
  optionalData: hexSchema,
  /** The variable's whole data (an EFI_LOAD_OPTION), for byte-exact comparison. */
  data: hexSchema,
  /** What it points at: a file that is there, one that is missing, a partition that is missing, or not a file at all. */
  target: z.enum(['present', 'file-missing', 'partition-missing', 'not-a-file', 'unknown']),
})

export const installedSystemSchema = z.strictObject({
  kind: z.enum(['windows', 'linux', 'berth', 'other']),
  name: safeTextSchema,
  /** The boot volume whose files start it. */
  bootVolume: partitionIdSchema.nullable(),
  loader: safeTextSchema.nullable(),
  /** The firmware entries that start it. */
  entries: z.array(bootNumberSchema),
  running: z.boolean(),
})

/** What Berth has on this PC already, from its manifest and variables. */
export const berthStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('absent') }),
  z.strictObject({
    state: z.enum(['trial', 'installed', 'damaged']),
    release: releaseIdSchema,
    partition: partitionIdSchema,
    entry: bootNumberSchema.nullable(),
    /** The nonce that the plan gave this installation. */
    nonce: hexSchema,
    /** The new system left its mark: it started at least once with this nonce. */
    started: z.boolean(),
    /** The mark that opens the trial is there: the installation was not confirmed yet. */
    armed: z.boolean(),
    problems: z.array(z.string()),
  }),
])

export const secureBootSchema = z.strictObject({
  state: z.enum(['on', 'off', 'setup-mode', 'unsupported', 'unknown']),
  /** SHA-256 of each certificate in db, and its subject when readable. */
  certificates: z.array(z.strictObject({ sha256: sha256Schema, subject: safeTextSchema })),
  /** SHA-256 image hashes allowed by db and refused by dbx. */
  allowed: z.array(sha256Schema),
  refused: z.array(sha256Schema),
  /** The SBAT level shim enforces; null when none is stored. */
  sbatLevel: z.string().nullable(),
})

export const machineSchema = z.strictObject({
  schema: z.literal('berth/machine/1'),
  ...pcFacts,
  firmware: z.strictObject({
    ...firmwareFacts,
    secureBoot: secureBootSchema,
    bootEntries: z.array(bootEntrySchema),
    /** Boot#### variables that could not be decoded, with the reason. */
    unreadableEntries: z.array(z.strictObject({ number: bootNumberSchema, reason: z.string() })),
    /** null: the variable is absent, which is a state of its own. */
    bootOrder: z.array(bootNumberSchema).nullable(),
    bootNext: bootNumberSchema.nullable(),
    bootCurrent: bootNumberSchema.nullable(),
    timeoutSeconds: z.int().nullable(),
    /** Ids of the quirks that concern this firmware (`FQ-01` …). */
    quirks: z.array(z.string()),
  }),
  disks: z.array(diskSchema),
  bootVolumes: z.array(bootVolumeSchema),
  /** Disks whose identity is shared with another one (clones), and partitions likewise. */
  ambiguous: z.strictObject({ disks: z.array(diskIdSchema), partitions: z.array(partitionIdSchema) }),
  installed: z.array(installedSystemSchema),
  berth: berthStateSchema,
})

export type RawVariable = DeepReadonly<z.infer<typeof rawVariableSchema>>
export type BootFile = DeepReadonly<z.infer<typeof bootFileSchema>>
export type BootVolume = DeepReadonly<z.infer<typeof bootVolumeSchema>>
export type RawFacts = DeepReadonly<z.infer<typeof rawFactsSchema>>
export type BootEntry = DeepReadonly<z.infer<typeof bootEntrySchema>>
export type InstalledSystem = DeepReadonly<z.infer<typeof installedSystemSchema>>
export type BerthState = DeepReadonly<z.infer<typeof berthStateSchema>>
export type SecureBoot = DeepReadonly<z.infer<typeof secureBootSchema>>
export type Machine = DeepReadonly<z.infer<typeof machineSchema>>
/** What a probe gives: raw facts of a PC, or a machine recorded earlier. */
export type ProbeFacts = RawFacts | Machine
