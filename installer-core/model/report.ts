import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { issueSchema } from './issue.ts'
import { plannedStepSchema } from './plan.ts'

/** What one step proved: the thing looked at again after the change, and what was seen. */
export const evidenceSchema = z.strictObject({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const outcomes = [
  'installed',
  'rolled-back',
  'interrupted',
  'refused',
  'undone',
  'confirmed',
  'switched',
  'repaired',
  'room-prepared',
  'room-cleared',
  'nothing-to-do',
] as const

/** The last line of a run: what happened and what was proven. */
export const reportSchema = z.strictObject({
  schema: z.literal('berth/report/1'),
  outcome: z.enum(outcomes),
  goal: z.enum(['install', 'confirm', 'switch', 'repair', 'undo', 'make-room', 'clear-room', 'recover']),
  run: z.string().nullable(),
  release: z.string().nullable(),
  fingerprint: z.string().nullable(),
  steps: z.array(
    z.strictObject({
      step: plannedStepSchema,
      state: z.enum(['verified', 'failed', 'undone', 'not-reached']),
      durationMs: z.number().nullable(),
      evidence: z.array(evidenceSchema),
      /** What an undo left in place because it was not Berth's any more, in words for a list. */
      left: z.array(z.string()),
    }),
  ),
  issues: z.array(issueSchema),
  /** The failure that ended it: code, facts, and the sentences for people. */
  failure: z.unknown().nullable(),
  /** Changes made to the PC: block writes, firmware-variable writes, flushes; null when the adapter does not count. */
  changes: z.int().nullable(),
  startedAt: z.string(),
  endedAt: z.string(),
})

const amount = {
  done: z.number(),
  total: z.number(),
  /** Bytes per second over the last seconds, and seconds left; null until known. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
}

/** What a run tells while it goes on, one line of JSON each. */
export const runEventSchema = z.discriminatedUnion('event', [
  /** Before the first write: the release's files are read and compared with what was signed. */
  z.strictObject({ event: z.literal('release-check'), sequence: z.int(), ...amount }),
  z.strictObject({ event: z.literal('run-begun'), sequence: z.int(), run: z.string(), steps: z.int() }),
  z.strictObject({ event: z.literal('step-begun'), sequence: z.int(), step: z.int(), kind: z.string() }),
  z.strictObject({
    event: z.literal('step-progress'),
    sequence: z.int(),
    step: z.int(),
    ...amount,
  }),
  z.strictObject({
    event: z.literal('step-ended'),
    sequence: z.int(),
    step: z.int(),
    state: z.enum(['verified', 'failed', 'undone']),
  }),
  z.strictObject({ event: z.literal('run-undoing'), sequence: z.int(), reason: z.string() }),
])

export type Evidence = DeepReadonly<z.infer<typeof evidenceSchema>>
export type Report = DeepReadonly<z.infer<typeof reportSchema>>
export type Outcome = Report['outcome']
export type RunEvent = DeepReadonly<z.infer<typeof runEventSchema>>
