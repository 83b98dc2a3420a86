import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { choicesSchema } from './choices.ts'
import { gapSchema } from './disk.ts'
import { issueSchema } from './issue.ts'
import {
  bootNumberSchema,
  bootPathSchema,
  bytesSchema,
  diskIdSchema,
  guidSchema,
  hexSchema,
  lbaSchema,
  partitionIdSchema,
  releaseIdSchema,
  sha256Schema,
} from './primitives.ts'
import { releaseFileSchema } from './release.ts'
import { stageJobSchema } from './stage.ts'

/** A partition bound by identity: all four must match what is found, or the step refuses. */
export const partitionIdentitySchema = z.strictObject({
  disk: diskIdSchema,
  partition: partitionIdSchema,
  start: lbaSchema,
  size: bytesSchema,
})

const shrinkVolume = z.strictObject({
  kind: z.literal('shrink-volume'),
  target: partitionIdentitySchema,
  fileSystem: z.enum(['ntfs', 'ext4', 'btrfs']),
  /** Partition sizes before and after; the file system shrinks to `to` first. */
  from: bytesSchema,
  to: bytesSchema,
})
const createPartition = z.strictObject({
  kind: z.literal('create-partition'),
  disk: diskIdSchema,
  /** The new partition: its GUID is derived from the plan, so that the plan stays deterministic. */
  partition: partitionIdSchema,
  role: z.enum(['boot', 'data']),
  slot: z.int().min(1),
  typeGuid: guidSchema,
  start: lbaSchema,
  blocks: z.int().min(1),
  size: bytesSchema,
  attributes: hexSchema.length(16),
  name: z.string().max(36),
})
const formatVolume = z.strictObject({
  kind: z.literal('format-volume'),
  target: partitionIdentitySchema,
  fileSystem: z.literal('fat32'),
  label: z.string().regex(/^[A-Z0-9_]{1,11}$/),
  volumeId: hexSchema.length(8),
})
const writeFiles = z.strictObject({
  kind: z.literal('write-files'),
  target: partitionIdentitySchema,
  release: releaseIdSchema,
  files: z.array(releaseFileSchema),
  /** Small files Berth adds beside the release's (markers), with their content as hex. The ownership manifest is added by the step. */
  markers: z.array(z.strictObject({ path: bootPathSchema, data: hexSchema })),
  totalBytes: bytesSchema,
})
const writeCredentials = z.strictObject({
  kind: z.literal('write-credentials'),
  target: partitionIdentitySchema,
  /** What is written, by its hash: the text itself is in no plan, journal or report. */
  files: z.array(z.strictObject({ path: bootPathSchema, sha256: sha256Schema })).min(1),
})
const createBootEntry = z.strictObject({
  kind: z.literal('create-boot-entry'),
  entry: bootNumberSchema,
  description: z.string().min(1).max(60),
  disk: diskIdSchema,
  partition: partitionIdSchema,
  path: bootPathSchema,
  /** The whole EFI_LOAD_OPTION, so that what is confirmed is what is written. */
  data: hexSchema,
})
const armTrial = z.strictObject({
  kind: z.literal('arm-trial'),
  entry: bootNumberSchema,
  release: releaseIdSchema,
  nonce: hexSchema.length(32),
  /** Firmware that ignores a BootNext it does not find in BootOrder: the entry is appended at the very end for the trial. */
  listInOrder: z.boolean(),
})
const confirmTrial = z.strictObject({
  kind: z.literal('confirm-trial'),
  entry: bootNumberSchema,
  nonce: hexSchema.length(32),
  orderBefore: z.array(bootNumberSchema).nullable(),
  orderAfter: z.array(bootNumberSchema),
})
const setNext = z.strictObject({ kind: z.literal('set-boot-next'), entry: bootNumberSchema })
/** Takes a choice for the next start back; what chose another entry meanwhile stays. */
const clearNext = z.strictObject({ kind: z.literal('clear-boot-next'), entry: bootNumberSchema })

/** Puts the offline stage on a boot volume, and its job: nothing starts it yet. */
const writeStage = z.strictObject({
  kind: z.literal('write-stage'),
  target: partitionIdentitySchema,
  job: stageJobSchema,
  files: z.array(releaseFileSchema),
  /** The room that the stage works in, written out in full. */
  storeBytes: bytesSchema,
  totalBytes: bytesSchema,
})
/** Gives the stage its own entry, and the next start. */
const armStage = z.strictObject({
  kind: z.literal('arm-stage'),
  target: partitionIdentitySchema,
  job: stageJobSchema,
})

/** What a repair does to Berth's own things; what is written is what the ownership manifest says. */
const restoreFiles = z.strictObject({
  kind: z.literal('restore-files'),
  target: partitionIdentitySchema,
  release: releaseIdSchema,
  /** The files and markers that are missing, or that are not what was written. */
  files: z.array(releaseFileSchema),
  markers: writeFiles.shape.markers,
  /** The ownership manifest is written anew too. */
  manifest: z.boolean(),
  totalBytes: bytesSchema,
})
const replaceBootEntry = z.strictObject({
  kind: z.literal('replace-boot-entry'),
  entry: bootNumberSchema,
  /** The whole EFI_LOAD_OPTION as it is. */
  before: hexSchema,
  /** And as it will be; null: one entry too many, which goes. */
  after: hexSchema.nullable(),
})
const setOrder = z.strictObject({
  kind: z.literal('set-boot-order'),
  /** Berth's own entry, the only one whose place changes. */
  entry: bootNumberSchema,
  before: z.array(bootNumberSchema).nullable(),
  after: z.array(bootNumberSchema),
})

/** What an undo does, in the same vocabulary; `of` is the index of the step that it takes back. */
const undoing = { of: z.int().min(0) }
const disarmTrial = z.strictObject({ kind: z.literal('disarm-trial'), ...undoing, entry: bootNumberSchema })
const restoreOrder = z.strictObject({
  kind: z.literal('restore-boot-order'),
  ...undoing,
  entry: bootNumberSchema,
  order: z.array(bootNumberSchema).nullable(),
})
const removeBootEntry = z.strictObject({
  kind: z.literal('remove-boot-entry'),
  ...undoing,
  entry: bootNumberSchema,
})
const removeFiles = z.strictObject({
  kind: z.literal('remove-files'),
  ...undoing,
  target: partitionIdentitySchema,
  paths: z.array(z.string()),
})
const removeCredentials = z.strictObject({
  kind: z.literal('remove-credentials'),
  ...undoing,
  target: partitionIdentitySchema,
  paths: z.array(z.string()),
})
const removePartition = z.strictObject({
  kind: z.literal('remove-partition'),
  ...undoing,
  target: partitionIdentitySchema,
})
const growVolume = z.strictObject({
  kind: z.literal('grow-volume'),
  ...undoing,
  target: partitionIdentitySchema,
  from: bytesSchema,
  to: bytesSchema,
})
/** Gives back room that the offline stage made in a start of its own; no plan made it, a record on the boot volume tells of it. */
const returnRoom = z.strictObject({
  kind: z.literal('return-room'),
  target: partitionIdentitySchema,
  from: bytesSchema,
  to: bytesSchema,
  record: z.strictObject({ disk: diskIdSchema, partition: partitionIdSchema, path: z.string() }),
})
/** Takes the offline stage away: one that has not begun, or one that has ended. */
const clearStage = z.strictObject({
  kind: z.literal('clear-stage'),
  target: partitionIdentitySchema,
  job: stageJobSchema,
})

export const plannedStepSchema = z.discriminatedUnion('kind', [
  shrinkVolume,
  createPartition,
  formatVolume,
  writeFiles,
  writeCredentials,
  createBootEntry,
  armTrial,
  confirmTrial,
  setNext,
  clearNext,
  writeStage,
  armStage,
  restoreFiles,
  replaceBootEntry,
  setOrder,
  disarmTrial,
  restoreOrder,
  removeBootEntry,
  removeFiles,
  removeCredentials,
  removePartition,
  growVolume,
  returnRoom,
  clearStage,
])

/** Something a person would miss, derived from before and after, never declared. */
export const lossSchema = z.strictObject({
  what: z.enum(['free-space', 'partition', 'file', 'boot-entry', 'boot-order', 'boot-next']),
  where: z.string(),
  /** Bytes concerned, where it has a size. */
  size: bytesSchema.nullable(),
  /** True when undo gives it back. */
  restorable: z.boolean(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** Another way to make room that would work as well. */
export const alternativeSchema = z.strictObject({
  spaceFrom: z.enum(['esp', 'xbootldr', 'gap', 'shrink']),
  disk: diskIdSchema,
  partition: partitionIdSchema.nullable(),
  /** The room it could give, in bytes. */
  available: bytesSchema,
})

/** A disk's partitions as one row of a before-and-after picture. */
export const layoutSchema = z.strictObject({
  disk: diskIdSchema,
  partitions: z.array(
    z.strictObject({
      partition: partitionIdSchema,
      slot: z.int(),
      start: lbaSchema,
      size: bytesSchema,
      role: z.string(),
    }),
  ),
  gaps: z.array(gapSchema),
})

export const planSchema = z.strictObject({
  schema: z.literal('berth/plan/1'),
  goal: z.enum(['install', 'confirm', 'switch', 'repair', 'undo', 'make-room', 'clear-room']),
  /** SHA-256 over the redacted machine, the choices and the release: the same on every computer. */
  fingerprint: sha256Schema,
  release: releaseIdSchema,
  /** SHA-256 of `release.json`: the plan is bound to these very bytes. */
  releaseSha256: sha256Schema,
  choices: choicesSchema,
  steps: z.array(plannedStepSchema),
  /** Index of the first step after which the old state can no longer be had back exactly; null when there is none. */
  pointOfNoReturn: z.int().nullable(),
  lost: z.array(lossSchema),
  alternatives: z.array(alternativeSchema),
  issues: z.array(issueSchema),
  before: z.array(layoutSchema),
  after: z.array(layoutSchema),
  bytesToWrite: bytesSchema,
  estimateSeconds: z.number().min(0),
})

export type PartitionIdentity = DeepReadonly<z.infer<typeof partitionIdentitySchema>>
export type PlannedStep = DeepReadonly<z.infer<typeof plannedStepSchema>>
export type StepKind = PlannedStep['kind']
/** The arguments of one kind of step. */
export type StepOf<K extends StepKind> = Extract<PlannedStep, { kind: K }>
export type Loss = DeepReadonly<z.infer<typeof lossSchema>>
export type Alternative = DeepReadonly<z.infer<typeof alternativeSchema>>
export type Layout = DeepReadonly<z.infer<typeof layoutSchema>>
export type Plan = DeepReadonly<z.infer<typeof planSchema>>
