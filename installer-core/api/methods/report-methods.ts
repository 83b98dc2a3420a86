import { z } from 'zod'
import { choicesSchema } from '../../model/choices.ts'
import { bytesSchema, releaseIdSchema } from '../../model/primitives.ts'
import { targetIdSchema } from '../wire-values.ts'
import { method } from './method.ts'

const asked = {
  target: targetIdSchema,
  /** Also says what installing this release would do. */
  release: releaseIdSchema.optional(),
  choices: choicesSchema.optional(),
}

export const reportMethods = {
  /** The files that a report would hold. A text that is too long to show is cut, never what is saved. */
  'report.preview': method(
    z.strictObject(asked),
    z.strictObject({
      files: z.array(
        z.strictObject({ name: z.string(), size: bytesSchema, text: z.string(), cut: z.boolean() }),
      ),
    }),
  ),
  /** Saves into a new folder among the engine's reports and says where. */
  'report.save': method(
    z.strictObject(asked),
    z.strictObject({ folder: z.string(), files: z.array(z.string()) }),
  ),
} as const
