import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { choicesSchema } from '../../model/choices.ts'
import { planSchema } from '../../model/plan.ts'
import { bytesSchema, diskIdSchema, partitionIdSchema, releaseIdSchema } from '../../model/primitives.ts'
import { releaseManifestSchema } from '../../model/release.ts'
import { switchTargetSchema, targetIdSchema, wireFailureSchema, wordedIssueSchema } from '../wire-values.ts'
import { method } from './method.ts'

/** A release in the catalogue. One that cannot be used stays in the list with the reason. */
export const listedReleaseSchema = z.strictObject({
  id: releaseIdSchema,
  manifest: releaseManifestSchema.nullable(),
  /** SHA-256 of `release.json`, which plans are bound to. */
  sha256: z.string().nullable(),
  signer: z.strictObject({ name: z.string(), practiceOnly: z.boolean() }).nullable(),
  /** Bytes of all its files. */
  size: bytesSchema,
  /** What a catalogue says of it; null for a release that lies in a folder. */
  offer: z
    .strictObject({
      channel: z.string(),
      /** Bytes that are fetched before anything is changed; 0 when all of them are here. */
      missing: bytesSchema,
      about: z.string(),
      /** A picture as a `data:` address, and what it shows. */
      picture: z.strictObject({ address: z.string(), alt: z.string() }).nullable(),
    })
    .nullable(),
  failure: wireFailureSchema.nullable(),
})

export const planSectionSchema = z.strictObject({
  kind: z.enum(['title', 'steps', 'disk', 'lost', 'untouched', 'back', 'mind', 'alternatives', 'effort']),
  heading: z.string(),
  lines: z.array(z.string()),
})

const spaceKindSchema = z.enum(['esp', 'xbootldr', 'gap', 'shrink'])

/** The ways to come by boot space, and the true limits of the slider. */
export const spaceSchema = z.strictObject({
  /** Free bytes that a boot volume which is there already must have. */
  onVolume: bytesSchema,
  /** Limits of `choices.bootSpace` for a new boot partition, in bytes and multiples of 1 MiB; `most` 0: none fits. */
  least: bytesSchema,
  most: bytesSchema,
  usual: bytesSchema,
  candidates: z.array(
    z.strictObject({
      kind: spaceKindSchema,
      disk: diskIdSchema,
      partition: partitionIdSchema.nullable(),
      /** Free bytes of the volume, or the room it gives for a new partition. */
      available: bytesSchema,
      /** Why it is out of the question whatever the size; null when it is not. */
      refusal: wordedIssueSchema.nullable(),
    }),
  ),
  /** The way that was taken; null when none fits. */
  chosen: z
    .strictObject({
      kind: spaceKindSchema,
      disk: diskIdSchema,
      partition: partitionIdSchema.nullable(),
      /** Size of the boot partition that is made; null when one that exists is used. */
      size: bytesSchema.nullable(),
    })
    .nullable(),
})

/** Which stage is to start, which volume becomes smaller, and by how many bytes. */
export const roomAskedSchema = { stage: releaseIdSchema, partition: partitionIdSchema, by: bytesSchema }

export const planAskedSchema = z.discriminatedUnion('goal', [
  z.strictObject({
    target: targetIdSchema,
    goal: z.literal('install'),
    release: releaseIdSchema,
    choices: choicesSchema,
  }),
  z.strictObject({
    target: targetIdSchema,
    goal: z.literal('confirm'),
    defaultSystem: z.enum(['present', 'new']),
  }),
  z.strictObject({
    target: targetIdSchema,
    goal: z.literal('switch'),
    system: switchTargetSchema,
  }),
  /** Files are written anew from the release that was installed, when it lies in the catalogue. */
  z.strictObject({ target: targetIdSchema, goal: z.literal('repair') }),
  z.strictObject({ target: targetIdSchema, goal: z.literal('undo') }),
  /** Room at the end of a volume in use, by one start into an offline stage of the catalogue. */
  z.strictObject({ target: targetIdSchema, goal: z.literal('make-room'), ...roomAskedSchema }),
  /** Takes that start back, or away what it left. */
  z.strictObject({ target: targetIdSchema, goal: z.literal('clear-room') }),
])

export const plannedSchema = z.strictObject({
  /** Null when a finding stands in the way. */
  plan: planSchema.nullable(),
  issues: z.array(wordedIssueSchema),
  description: z.array(planSectionSchema),
  /** For installing only. */
  space: spaceSchema.nullable(),
})

export const planMethods = {
  'releases.list': method(
    z.strictObject({}),
    z.strictObject({ folder: z.string(), releases: z.array(listedReleaseSchema) }),
  ),
  /**
   * Fetches the newest catalogue from where it came from before, or from a source that is named: an https address, a folder, or
   * `usb` for every stick that holds one.
   */
  'catalogue.fetch': method(
    z.strictObject({ source: z.string().min(1).max(2000).optional() }),
    z.strictObject({ version: z.int(), expires: z.string(), releases: z.int() }),
  ),
  /** Installing: for the machine of the last probe, so that a slider can ask often. The others look anew. */
  'plan.make': method(planAskedSchema, plannedSchema),
} as const

export type ListedRelease = DeepReadonly<z.infer<typeof listedReleaseSchema>>
export type PlanAsked = DeepReadonly<z.infer<typeof planAskedSchema>>
export type WirePlanned = DeepReadonly<z.infer<typeof plannedSchema>>
export type Space = DeepReadonly<z.infer<typeof spaceSchema>>
