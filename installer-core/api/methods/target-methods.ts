import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { machineSchema } from '../../model/machine.ts'
import { knownNetworksSchema } from '../../model/networks.ts'
import { bootNumberSchema, bytesSchema, diskIdSchema, partitionIdSchema } from '../../model/primitives.ts'
import { stagePhases } from '../../model/stage.ts'
import { thisPcSchema } from '../../model/this-pc.ts'
import { suggestedYouSchema } from '../../model/you.ts'
import { targetIdSchema, wireFailureSchema, wordedIssueSchema } from '../wire-values.ts'
import { method } from './method.ts'

export const targetSchema = z.strictObject({
  id: targetIdSchema,
  kind: z.enum(['this-pc', 'practice-pc', 'recording']),
  name: z.string(),
  /** `advisory`: may be looked at, never planned on; `read-only`: may be planned on, never changed. */
  access: z.enum(['advisory', 'read-only', 'read-write']),
  state: z.enum(['ready', 'being-made', 'broken']),
  /** Why it is broken. */
  failure: wireFailureSchema.nullable(),
  /** A practice PC that is switched on right now. */
  running: z.boolean(),
  /** The run that is under way on it. */
  run: z.string().nullable(),
})

/** What Berth has on a PC; the document that `berth status --json` prints, with words. */
export const statusSchema = z.strictObject({
  schema: z.literal('berth/status/1'),
  state: z.enum(['absent', 'trial', 'installed', 'damaged', 'interrupted']),
  release: z.string().nullable(),
  entry: z.int().nullable(),
  partition: z.string().nullable(),
  started: z.boolean(),
  problems: z.array(z.string()),
  findings: z.array(wordedIssueSchema),
  next: z.strictObject({ entry: z.int(), description: z.string().nullable() }).nullable(),
  open: z.strictObject({ run: z.string(), goal: z.string() }).nullable(),
})

/** A start that makes room: prepared, under way, or how it ended. */
export const foundRoomSchema = z.strictObject({
  disk: diskIdSchema,
  partition: partitionIdSchema,
  /** Bytes of the partition before and after. */
  from: bytesSchema,
  to: bytesSchema,
  /** The stage's own boot entry. */
  entry: bootNumberSchema,
  phase: z.enum(stagePhases),
  /** Why it refused. */
  failure: wireFailureSchema.nullable(),
})

const target = { target: targetIdSchema }

export const targetMethods = {
  'targets.list': method(z.strictObject({}), z.strictObject({ targets: z.array(targetSchema) })),
  /** Looks anew. Plans are made for the machine that was looked at last. */
  'target.probe': method(
    z.strictObject(target),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('machine'), machine: machineSchema }),
      z.strictObject({ kind: z.literal('advisory'), thisPc: thisPcSchema }),
    ]),
  ),
  /**
   * Asks for full rights on this PC, once for as long as the engine lives; answers when they were given, or with why not
   * (`elevation-denied`, `-timed-out`, `-no-agent`, `-unavailable`). From then on this PC is `read-write`.
   */
  'target.elevate': method(
    z.strictObject({ target: z.literal('this-pc') }),
    z.strictObject({ target: targetSchema }),
  ),
  /** Takes the text of a report's `machine.json`; the same text is the same target. */
  'target.open-recording': method(
    z.strictObject({ name: z.string().max(200), text: z.string() }),
    z.strictObject({ target: targetSchema }),
  ),
  /** Forgets a recording, or deletes a practice PC for good. */
  'target.remove': method(z.strictObject(target), z.strictObject({})),
  /** Restarts the PC into what its firmware starts next; a practice PC is switched on. */
  'target.restart': method(z.strictObject(target), z.strictObject({})),
  'status.get': method(z.strictObject(target), z.strictObject({ status: statusSchema })),
  /** The start that makes room, as it lies on the boot volume; null when there is none, and for a recording. */
  'room.get': method(z.strictObject(target), z.strictObject({ room: foundRoomSchema.nullable() })),
  /** The Wi-Fi networks that a new system on this PC can be told of: names, ids and seals, never a key; null: none can be asked for. */
  'networks.get': method(z.strictObject(target), z.strictObject({ known: knownNetworksSchema.nullable() })),
  /** How the PC that runs this engine is powered. */
  'host.power': method(z.strictObject({}), thisPcSchema.shape.power),
  /** Language, keyboard, time zone and names of the present system, to fill in what the new one is to know. */
  'host.you': method(z.strictObject({}), z.strictObject({ you: suggestedYouSchema })),
} as const

export type Target = DeepReadonly<z.infer<typeof targetSchema>>
export type FoundRoom = DeepReadonly<z.infer<typeof foundRoomSchema>>
