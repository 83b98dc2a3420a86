import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { failureCodes } from '../base/failure-code.ts'
import type { Failure } from '../base/failure.ts'
import { choicesSchema } from '../model/choices.ts'
import { issueSchema } from '../model/issue.ts'
import { machineSchema } from '../model/machine.ts'
import { knownNetworksSchema } from '../model/networks.ts'
import { planSchema } from '../model/plan.ts'
import { bytesSchema, partitionIdSchema, releaseIdSchema, sha256Schema } from '../model/primitives.ts'
import { reportSchema, runEventSchema } from '../model/report.ts'
import { foundStageSchema } from '../model/stage.ts'
import { statusSchema } from '../model/status.ts'

/** Raised when the other side, of another version, would misunderstand. */
export const helperWireVersion = 3

/** Names one look at the PC: random, and worth nothing after the next look or run. */
export const probeIdSchema = z.string().regex(/^[0-9a-f]{32}$/)
const agreed = { probe: probeIdSchema, fingerprint: sha256Schema }

/** What `run` does: each goal has a plan and a fingerprint of its own, from the last probe. */
export const runRequestSchema = z.discriminatedUnion('goal', [
  z.strictObject({
    ...agreed,
    goal: z.literal('install'),
    release: releaseIdSchema,
    choices: choicesSchema,
  }),
  z.strictObject({ ...agreed, goal: z.literal('confirm'), defaultSystem: z.enum(['present', 'new']) }),
  z.strictObject({ ...agreed, goal: z.literal('switch'), system: z.enum(['windows', 'berth', 'none']) }),
  // Without a release whatever needs none is put right.
  z.strictObject({ ...agreed, goal: z.literal('repair'), release: releaseIdSchema.nullable() }),
  // The room that the last look was asked for, and no other.
  z.strictObject({ ...agreed, goal: z.literal('make-room') }),
  z.strictObject({ ...agreed, goal: z.literal('clear-room') }),
  z.strictObject({ ...agreed, goal: z.literal('recover') }),
])

/**
 * A wish for room: the offline stage's release in the caller's cache, the volume, how many bytes, and the store that an
 * earlier look came to, so that the same plan is made again.
 */
const roomRequestSchema = z.strictObject({
  stage: releaseIdSchema,
  partition: partitionIdSchema,
  by: bytesSchema,
  storeBytes: bytesSchema.optional(),
})

/** The four requests, and all there are: no paths, no commands, no ids but those of the helper's own last probe. */
export const helperRequests = {
  probe: z.strictObject({ room: roomRequestSchema.optional() }),
  run: runRequestSchema,
  undo: z.strictObject(agreed),
  /** Stops what is under way at the next safe point. */
  cancel: z.strictObject({}),
} as const

export const helperFailureSchema: z.ZodType<Failure> = z.lazy(() =>
  z.strictObject({
    code: z.enum(failureCodes),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    cause: helperFailureSchema.optional(),
    command: z
      .strictObject({
        program: z.string(),
        args: z.array(z.string()),
        exitCode: z.int().nullable(),
        signal: z.string().nullable(),
        durationMs: z.number(),
        output: z.string(),
      })
      .optional(),
  }),
) as unknown as z.ZodType<Failure>

/** A value or a failure, inside an answer that has several. */
const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), failure: helperFailureSchema }),
  ])

const outcomeSchema = resultOf(z.strictObject({ plan: planSchema.nullable(), issues: z.array(issueSchema) }))

/** Everything that was seen, and every plan that can be confirmed; installing is planned by whoever has the choices. */
export const probeAnswerSchema = z.strictObject({
  probe: probeIdSchema,
  machine: machineSchema,
  status: resultOf(statusSchema),
  plans: z.strictObject({
    confirm: z.strictObject({ present: outcomeSchema, new: outcomeSchema }),
    switch: z.strictObject({ windows: outcomeSchema, berth: outcomeSchema, none: outcomeSchema }),
    /** With and without the release that is installed at hand. */
    repair: z.strictObject({ with: outcomeSchema, without: outcomeSchema }),
    undo: outcomeSchema,
    /** Null when the look was not asked for room. */
    room: outcomeSchema.nullable(),
    clearRoom: outcomeSchema,
  }),
  /** The offline stage on the boot volume, and how far it is; null when there is none. */
  stage: resultOf(foundStageSchema.nullable()),
  /** The release that is installed, by its signed manifest; null when none is. */
  installed: z.strictObject({ id: releaseIdSchema, sha256: sha256Schema }).nullable(),
  /** The Wi-Fi networks of the present system, without any key; choices name them by id and seal. Null: none can be asked for. */
  networks: knownNetworksSchema.nullable(),
  /** What agrees to finishing or taking back the run that is open; also when none is. */
  recover: resultOf(sha256Schema),
  /** The newest journals, for a report; older ones that do not fit into a frame are left out. */
  journals: z.array(z.strictObject({ run: z.string(), text: z.string() })),
})

export const helperAnswers = {
  probe: probeAnswerSchema,
  run: z.strictObject({ report: reportSchema }),
  undo: z.strictObject({ report: reportSchema }),
  cancel: z.strictObject({ stopping: z.boolean() }),
} as const

/** Said unasked: `ready` first of all, `event` while something runs (1, 2, 3 … anew for each run). */
export const helperNotifications = {
  ready: z.strictObject({ wire: z.literal(helperWireVersion), version: z.string() }),
  event: z.strictObject({ sequence: z.int().min(1), event: runEventSchema }),
} as const

export type HelperMethod = keyof typeof helperRequests
/** What a caller writes: what has a default may be left out. */
export type HelperParams<M extends HelperMethod> = DeepReadonly<z.input<(typeof helperRequests)[M]>>
export type HelperAnswer<M extends HelperMethod> = DeepReadonly<z.output<(typeof helperAnswers)[M]>>
export type ProbeRequest = DeepReadonly<z.output<typeof helperRequests.probe>>
export type RoomRequest = DeepReadonly<z.output<typeof roomRequestSchema>>
export type RunRequest = DeepReadonly<z.output<typeof runRequestSchema>>
export type UndoRequest = DeepReadonly<z.output<typeof helperRequests.undo>>
/** Something that was asked for: a run by its goal, or an undo. */
export type Asked = RunRequest | (UndoRequest & { readonly goal: 'undo' })
export type ProbeAnswer = HelperAnswer<'probe'>
export type OutcomeResult = ProbeAnswer['plans']['undo']
