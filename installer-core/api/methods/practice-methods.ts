import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { bootNumberSchema } from '../../model/primitives.ts'
import { practiceNameSchema, sequenceSchema, targetIdSchema } from '../wire-values.ts'
import { method } from './method.ts'
import { targetSchema } from './target-methods.ts'

/** How a practice PC is right now; `start` counts its starts since it was switched on (restarts of its own included). */
export const practiceStateSchema = z.strictObject({
  target: targetIdSchema,
  state: z.enum(['off', 'starting', 'on']),
  start: z.int().min(0),
  /** How the last start ended; null before the first one. */
  end: z.enum(['power-off', 'restart', 'cut', 'broken', 'stopped', 'timed-out']).nullable(),
  lastLine: sequenceSchema,
})

export const practiceLineSchema = z.strictObject({
  target: targetIdSchema,
  sequence: sequenceSchema,
  start: z.int().min(1),
  /** Milliseconds since this start's power-on. */
  atMs: z.number(),
  text: z.string(),
})

/** The whole screen. Only what changed is sent, at most five times a second. */
export const practiceScreenSchema = z.strictObject({
  target: targetIdSchema,
  sequence: sequenceSchema,
  /** The guest's own size in pixels; the picture may be smaller. */
  width: z.int().min(1),
  height: z.int().min(1),
  format: z.literal('png'),
  /** Base64. */
  data: z.string(),
})

/** Keys by QEMU's names (QKeyCode): `a`, `ret`, `esc`, `shift`, `f2`, … */
const keySchema = z.string().regex(/^[a-z0-9_]{1,24}$/)

export const practiceInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key'), key: keySchema, down: z.boolean() }),
  /** Pressed together and let go. */
  z.strictObject({ kind: z.literal('keys'), keys: z.array(keySchema).min(1).max(8) }),
  /** Position as a share of the screen, 0 to 1; buttons that are held. */
  z.strictObject({
    kind: z.literal('pointer'),
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    buttons: z.array(z.enum(['left', 'middle', 'right'])).max(3),
  }),
  /** Typed on the serial console. */
  z.strictObject({ kind: z.literal('serial'), text: z.string().max(4096) }),
])

/** What firmware would start, by the variables as they are now. */
export const nextStartSchema = z.strictObject({
  entry: bootNumberSchema.nullable(),
  description: z.string().nullable(),
  reason: z.enum(['boot-next', 'first-in-order', 'firmware-decides']),
  /** The same in words. */
  sentence: z.string(),
})

/** One start that came to its end: what was started and why, from the firmware's own words. */
export const practiceStartSchema = z.strictObject({
  target: targetIdSchema,
  start: z.int().min(1),
  entry: bootNumberSchema.nullable(),
  description: z.string().nullable(),
  reason: z.enum(['boot-next', 'first-in-order', 'later-in-order', 'found-by-firmware', 'nothing-started']),
  end: z.enum(['power-off', 'restart', 'cut', 'broken', 'stopped', 'timed-out']),
  durationMs: z.number(),
})

const target = { target: targetIdSchema }

export const practiceMethods = {
  'practice.templates': method(
    z.strictObject({}),
    z.strictObject({ templates: z.array(z.strictObject({ name: z.string(), description: z.string() })) }),
  ),
  /** Answers when the practice PC is whole; meanwhile it is in `targets.list` as `being-made`. */
  'practice.new': method(
    z.strictObject({
      name: practiceNameSchema,
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('template'), template: z.string() }),
        z.strictObject({ kind: z.literal('recording'), target: targetIdSchema }),
      ]),
    }),
    z.strictObject({ target: targetSchema }),
  ),
  /** Switches it on; answers when it is on. Ends by itself, by `practice.power`, or when `until` has come. */
  'practice.boot': method(
    z.strictObject({
      ...target,
      until: z.enum(['login', 'shell', 'windows', 'linux']).optional(),
    }),
    z.strictObject({ state: practiceStateSchema }),
  ),
  'practice.power': method(
    z.strictObject({ ...target, action: z.enum(['cut', 'button']) }),
    z.strictObject({}),
  ),
  'practice.input': method(z.strictObject({ ...target, input: practiceInputSchema }), z.strictObject({})),
  /** Screens go only to connections that watch. The present one comes at once. */
  'practice.watch': method(z.strictObject({ ...target, watch: z.boolean() }), z.strictObject({})),
  /** How it is, the lines after a sequence number (at most 500, the newest), and the starts that ended. */
  'practice.follow': method(
    z.strictObject({ ...target, after: sequenceSchema }),
    z.strictObject({
      state: practiceStateSchema,
      lines: z.array(practiceLineSchema),
      starts: z.array(practiceStartSchema),
    }),
  ),
  'practice.next': method(z.strictObject(target), nextStartSchema),
} as const

export type PracticeState = DeepReadonly<z.infer<typeof practiceStateSchema>>
export type PracticeLine = DeepReadonly<z.infer<typeof practiceLineSchema>>
export type PracticeScreen = DeepReadonly<z.infer<typeof practiceScreenSchema>>
export type PracticeInput = DeepReadonly<z.infer<typeof practiceInputSchema>>
export type PracticeStart = DeepReadonly<z.infer<typeof practiceStartSchema>>
export type NextStart = DeepReadonly<z.infer<typeof nextStartSchema>>
