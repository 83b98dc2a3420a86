import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { failureCodes } from '../base/failure-code.ts'

/** What a command says with `--json` when it could not do its work. */
export const failureDocumentSchema = z.strictObject({
  schema: z.literal('berth/failure/1'),
  code: z.enum(failureCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  message: z.string(),
  /** What helps. */
  remedy: z.string(),
})

export type FailureDocument = DeepReadonly<z.infer<typeof failureDocumentSchema>>
