import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { issueSchema } from './issue.ts'

const { id, severity, required, found, where } = issueSchema.shape

/** The document of `berth check`, and of `berth plan` when nothing can be planned: each finding with its words. */
export const checkSchema = z.strictObject({
  schema: z.literal('berth/check/1'),
  issues: z.array(
    z.strictObject({
      id,
      severity,
      /** A few words for a list. */
      title: z.string(),
      message: z.string(),
      required,
      found,
      /** What helps. */
      remedy: z.string(),
      where,
    }),
  ),
})

export type CheckDocument = DeepReadonly<z.infer<typeof checkSchema>>
