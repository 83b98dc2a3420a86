import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { choicesSchema } from '../../model/choices.ts'
import { bytesSchema, releaseIdSchema, sha256Schema } from '../../model/primitives.ts'
import { reportSchema, runEventSchema } from '../../model/report.ts'
import {
  runIdSchema,
  sequenceSchema,
  switchTargetSchema,
  targetIdSchema,
  wireFailureSchema,
} from '../wire-values.ts'
import { method } from './method.ts'
import { roomAskedSchema } from './plan-methods.ts'

/** What a run tells: the core's events, and as the last one its report. */
export const wireEventSchema = z.union([
  runEventSchema,
  z.strictObject({
    event: z.literal('run-ended'),
    report: reportSchema,
    /** What went wrong, in words; null when nothing did. */
    failure: wireFailureSchema.nullable(),
  }),
])

/** An event with its place in its run: 1, 2, 3 … without gaps. */
export const numberedEventSchema = z.strictObject({
  run: runIdSchema,
  sequence: sequenceSchema,
  time: z.string(),
  event: wireEventSchema,
})

export const goals = [
  'install',
  'confirm',
  'switch',
  'repair',
  'undo',
  'make-room',
  'clear-room',
  'recover',
] as const

export const runSummarySchema = z.strictObject({
  run: runIdSchema,
  target: targetIdSchema,
  goal: z.enum(goals),
  release: z.string().nullable(),
  /** `interrupted`: the engine that ran it is gone; `status.get` of its target says what is to be done. */
  state: z.enum(['running', 'stopping', 'ended', 'interrupted']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  /** The kinds of the steps, in order; empty until the run has begun. */
  steps: z.array(z.string()),
  lastSequence: sequenceSchema,
  outcome: reportSchema.shape.outcome.nullable(),
})

const agreed = { target: targetIdSchema, fingerprint: sha256Schema }

/** What to run. All but `recover` run exactly the plan with the fingerprint that was confirmed, or nothing. */
export const runAskedSchema = z.discriminatedUnion('goal', [
  z.strictObject({
    ...agreed,
    goal: z.literal('install'),
    release: releaseIdSchema,
    choices: choicesSchema,
  }),
  z.strictObject({
    ...agreed,
    goal: z.literal('confirm'),
    defaultSystem: z.enum(['present', 'new']),
  }),
  z.strictObject({ ...agreed, goal: z.literal('switch'), system: switchTargetSchema }),
  z.strictObject({ ...agreed, goal: z.literal('repair') }),
  z.strictObject({ ...agreed, goal: z.literal('undo') }),
  /** With the size of the store that the plan has: a volume in use goes on being written to. */
  z.strictObject({
    ...agreed,
    goal: z.literal('make-room'),
    ...roomAskedSchema,
    storeBytes: bytesSchema,
  }),
  z.strictObject({ ...agreed, goal: z.literal('clear-room') }),
  z.strictObject({ target: targetIdSchema, goal: z.literal('recover') }),
])

export const runMethods = {
  /** Answers as soon as the run is under way; everything else comes as `run.event`. */
  'run.start': method(runAskedSchema, z.strictObject({ run: runIdSchema })),
  /** Stops at the next safe point and takes back what was begun. */
  'run.stop': method(z.strictObject({ run: runIdSchema }), z.strictObject({ run: runSummarySchema })),
  /** The events after a sequence number, at most 500; `more` asks to call again. */
  'run.follow': method(
    z.strictObject({ run: runIdSchema, after: sequenceSchema }),
    z.strictObject({ run: runSummarySchema, events: z.array(numberedEventSchema), more: z.boolean() }),
  ),
  /** Newest first, at most 100. */
  'runs.list': method(
    z.strictObject({ target: targetIdSchema.optional() }),
    z.strictObject({ runs: z.array(runSummarySchema) }),
  ),
} as const

export type WireEvent = DeepReadonly<z.infer<typeof wireEventSchema>>
export type NumberedEvent = DeepReadonly<z.infer<typeof numberedEventSchema>>
export type RunSummary = DeepReadonly<z.infer<typeof runSummarySchema>>
export type RunAsked = DeepReadonly<z.infer<typeof runAskedSchema>>
