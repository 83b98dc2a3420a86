import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bootNumberSchema, partitionIdSchema, releaseIdSchema, safeTextSchema } from './primitives.ts'
import { issueSchema } from './issue.ts'
import { reportSchema } from './report.ts'

/** What is on a PC of Berth's: the document of `berth status`. */
export const statusSchema = z.strictObject({
  schema: z.literal('berth/status/1'),
  state: z.enum(['absent', 'trial', 'installed', 'damaged', 'interrupted']),
  release: releaseIdSchema.nullable(),
  entry: bootNumberSchema.nullable(),
  /** The partition that the new system starts from. */
  partition: partitionIdSchema.nullable(),
  /** The new system started at least once since it was installed. */
  started: z.boolean(),
  problems: z.array(z.string()),
  /** What is not as it was made, or changed around it; empty while a run is open. */
  findings: z.array(issueSchema),
  /** What is chosen for the next start only (BootNext); null when the default starts. */
  next: z.strictObject({ entry: bootNumberSchema, description: safeTextSchema.nullable() }).nullable(),
  /** The run that did not end, and what it was for; null when none is open. */
  open: z.strictObject({ run: z.string(), goal: reportSchema.shape.goal }).nullable(),
})

export type Status = DeepReadonly<z.infer<typeof statusSchema>>
