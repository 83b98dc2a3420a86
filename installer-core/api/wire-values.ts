import { z } from 'zod'
import { failureCodes } from '../base/failure-code.ts'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { MiB } from '../base/bytes.ts'
import { issueSchema } from '../model/issue.ts'

/** The largest frame either side sends or takes, in bytes of UTF-8. */
export const frameLimit = 1 * MiB

/** Raised when a frame of an older program would be misunderstood. */
export const contractVersion = 1

/**
 * What a page can look at: `this-pc`, a practice PC by the name of its folder, or a recorded machine by the beginning
 * of its SHA-256. Never a path.
 */
export const targetIdSchema = z
  .string()
  .regex(/^(this-pc|practice:[a-z0-9][a-z0-9-]{0,39}|recording:[0-9a-f]{16})$/)
/** The name of a practice PC, which is the name of its folder. */
export const practiceNameSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export const runIdSchema = z.string().regex(/^run-[0-9a-z-]{1,40}$/)
/** Counts from 1 within its run or its practice PC; 0 asks for everything. */
export const sequenceSchema = z.int().min(0)

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** A failure as it travels: code and facts as data, words for people in the language of the connection. */
export const wireFailureSchema = z.strictObject({
  schema: z.literal('berth/failure/1'),
  code: z.enum(failureCodes),
  facts: z.record(z.string(), factSchema),
  message: z.string(),
  remedy: z.string(),
})

/** A finding with its words. */
export const wordedIssueSchema = issueSchema.extend({
  title: z.string(),
  message: z.string(),
  remedy: z.string(),
})

export type TargetId = z.infer<typeof targetIdSchema>
export type WireFailure = DeepReadonly<z.infer<typeof wireFailureSchema>>
export type WordedIssue = DeepReadonly<z.infer<typeof wordedIssueSchema>>

/** The system of the next start; `none` takes the choice back. */
export const switchTargetSchema = z.enum(['windows', 'berth', 'none'])
