import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bytesSchema, diskIdSchema, partitionIdSchema, releaseIdSchema } from './primitives.ts'
import { youSchema } from './you.ts'

/** Where the boot space comes from. */
export const spaceFromSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('automatic') }),
  z.strictObject({ kind: z.literal('esp'), partition: partitionIdSchema.optional() }),
  z.strictObject({ kind: z.literal('xbootldr'), partition: partitionIdSchema.optional() }),
  z.strictObject({ kind: z.literal('gap') }),
  z.strictObject({ kind: z.literal('shrink'), partition: partitionIdSchema }),
])

/** What a person asked for; also the content of a profile file. Absent: Berth chooses and says what it chose. */
export const choicesSchema = z.strictObject({
  schema: z.literal('berth/choices/1'),
  release: releaseIdSchema.optional(),
  disk: diskIdSchema.optional(),
  spaceFrom: spaceFromSchema.default({ kind: 'automatic' }),
  /** Size of a new boot partition; 4 GiB when absent. */
  bootSpace: bytesSchema.optional(),
  /** The type of a new boot partition: XBOOTLDR, or ESP for firmware that starts from nothing else. */
  bootPartitionType: z.enum(['xbootldr', 'esp']).default('xbootldr'),
  /** Which system starts by default once the trial is confirmed. */
  defaultSystem: z.enum(['present', 'new']).default('present'),
  /** Size of the data partition, when the release asks for one; its recommended size when absent. */
  dataSpace: bytesSchema.optional(),
  /** What the new system is to know at its first start, as far as the release takes it over. */
  you: youSchema.optional(),
})

export type SpaceFrom = DeepReadonly<z.infer<typeof spaceFromSchema>>
export type Choices = DeepReadonly<z.infer<typeof choicesSchema>>
