import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { planMethods } from './methods/plan-methods.ts'
import {
  practiceLineSchema,
  practiceMethods,
  practiceScreenSchema,
  practiceStartSchema,
  practiceStateSchema,
} from './methods/practice-methods.ts'
import { reportMethods } from './methods/report-methods.ts'
import { numberedEventSchema, runMethods, runSummarySchema } from './methods/run-methods.ts'
import { sessionMethods, settingsSchema } from './methods/session-methods.ts'
import { targetMethods, targetSchema } from './methods/target-methods.ts'

/** Every request a page can make of the engine: JSON-RPC 2.0, params and result as these schemas say. */
export const methods = {
  ...sessionMethods,
  ...targetMethods,
  ...planMethods,
  ...runMethods,
  ...practiceMethods,
  ...reportMethods,
} as const

/** Everything the engine says unasked, to every connection but `practice.screen`, which goes to those that watch. */
export const notifications = {
  'run.event': numberedEventSchema,
  'run.changed': runSummarySchema,
  /** A target is new or changed; null: it is gone. */
  'target.changed': z.strictObject({ id: targetSchema.shape.id, target: targetSchema.nullable() }),
  'practice.state': practiceStateSchema,
  'practice.line': practiceLineSchema,
  'practice.start': practiceStartSchema,
  'practice.screen': practiceScreenSchema,
  'settings.changed': settingsSchema,
} as const

export type MethodName = keyof typeof methods
/** What a caller writes: what has a default may be left out. */
export type ParamsOf<M extends MethodName> = DeepReadonly<z.input<(typeof methods)[M]['params']>>
/** What a handler gets, after the schema. */
export type ParsedParamsOf<M extends MethodName> = DeepReadonly<z.output<(typeof methods)[M]['params']>>
export type ResultOf<M extends MethodName> = DeepReadonly<z.output<(typeof methods)[M]['result']>>
export type NotificationName = keyof typeof notifications
export type NotificationOf<N extends NotificationName> = DeepReadonly<z.output<(typeof notifications)[N]>>

export const methodNames = Object.keys(methods) as readonly MethodName[]
export const notificationNames = Object.keys(notifications) as readonly NotificationName[]
