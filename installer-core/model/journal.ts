import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { ownershipManifestSchema } from './manifest.ts'
import { planSchema } from './plan.ts'

const failureSchema: z.ZodType<unknown> = z.unknown()
const at = {
  /** ISO 8601, UTC. */ time: z.string(),
  /** 0, 1, 2 … without a gap within a run. */ sequence: z.int().min(0),
}
const step = { step: z.int().min(0) }

/**
 * One record of a run's journal. A record is flushed before what it announces is done. The order in a run:
 * `begun`, then for each step `prepared` (with its undo record), `applied`, `verified`; at last `ended`.
 * Taking back writes `undoing` once, then `undone` for each step, last step first.
 */
export const journalRecordSchema = z.discriminatedUnion('record', [
  z.strictObject({
    record: z.literal('begun'),
    ...at,
    run: z.string(),
    plan: planSchema,
    before: ownershipManifestSchema.shape.before,
    /** What is being taken away or repaired: enough by itself once the copy on the boot volume is gone. */
    manifest: ownershipManifestSchema.optional(),
    version: z.string(),
  }),
  z.strictObject({ record: z.literal('prepared'), ...at, ...step, undo: z.unknown() }),
  z.strictObject({ record: z.literal('applied'), ...at, ...step, durationMs: z.number() }),
  z.strictObject({ record: z.literal('verified'), ...at, ...step, evidence: z.unknown() }),
  z.strictObject({ record: z.literal('failed'), ...at, ...step, failure: failureSchema }),
  z.strictObject({
    record: z.literal('undoing'),
    ...at,
    reason: z.enum(['failure', 'cancelled', 'recovery', 'request']),
  }),
  z.strictObject({ record: z.literal('undone'), ...at, ...step, left: z.array(z.string()) }),
  z.strictObject({
    record: z.literal('ended'),
    ...at,
    outcome: z.enum([
      'installed',
      'confirmed',
      'switched',
      'repaired',
      'rolled-back',
      'undone',
      'room-prepared',
      'room-cleared',
    ]),
  }),
])

export type JournalRecord = DeepReadonly<z.infer<typeof journalRecordSchema>>
