import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'

export const severities = ['blocker', 'warning', 'note'] as const

/** A finding about machine + choices. Words come from `text/`, keyed by `id`; `facts` fill them. */
export const issueSchema = z.strictObject({
  /** Stable: `esp-too-small`, `bitlocker-on`, … Scripts and help pages rely on it. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  severity: z.enum(severities),
  /** Evidence as short text: what is needed, what there is, and on which thing (an identity). Null when it has no meaning. */
  required: z.string().nullable(),
  found: z.string().nullable(),
  where: z.string().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export type Severity = (typeof severities)[number]
export type Issue = DeepReadonly<z.infer<typeof issueSchema>>
