import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bootNumberSchema, bytesSchema } from '../model/primitives.ts'

const bootChoiceSchema = z.strictObject({
  /** Null: the variable is absent. */
  bootOrder: z.array(bootNumberSchema).nullable(),
  bootNext: bootNumberSchema.nullable(),
})

/** What a boot can be watched for. */
export const bootUntil = ['login', 'shell', 'windows', 'linux'] as const

/** Why firmware started what it started. */
export const startReasons = [
  /** BootNext asked for it. */
  'boot-next',
  /** First in BootOrder. */
  'first-in-order',
  /** In BootOrder, and what stands before it did not start. */
  'later-in-order',
  /** In neither: firmware found it by itself. */
  'found-by-firmware',
  /** Firmware started nothing. */
  'nothing-started',
] as const

const startSchema = z.strictObject({
  before: bootChoiceSchema,
  after: bootChoiceSchema,
  /** The entry that was started, by the firmware's own words; null when none was. */
  bootCurrent: bootNumberSchema.nullable(),
  description: z.string().nullable(),
  reason: z.enum(startReasons),
  /** Entries that firmware tried and could not start, with its own reason. */
  failed: z.array(z.strictObject({ entry: bootNumberSchema, description: z.string(), why: z.string() })),
  /** How this start ended; `stopped`: what was waited for had come; `timed-out`: it had not. */
  end: z.enum(['power-off', 'restart', 'cut', 'broken', 'stopped', 'timed-out']),
  /** Milliseconds from power-on until firmware started the entry; null when it started none. */
  firmwareMs: z.number().nullable(),
  durationMs: z.number(),
  lines: z.array(z.strictObject({ atMs: z.number(), text: z.string() })),
})

/** What `berth practice boot` says: every start of the PC, from power-on to the end. */
export const practiceBootSchema = z.strictObject({
  schema: z.literal('berth/practice-boot/1'),
  accelerator: z.enum(['kvm', 'tcg']),
  memory: bytesSchema,
  until: z.enum(bootUntil).nullable(),
  /** When the line that was waited for came, in milliseconds of the last start; null when it did not come. */
  reachedMs: z.number().nullable(),
  starts: z.array(startSchema),
})

export type PracticeBoot = DeepReadonly<z.infer<typeof practiceBootSchema>>
export type PcStart = PracticeBoot['starts'][number]
export type BootUntil = (typeof bootUntil)[number]
