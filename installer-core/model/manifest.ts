import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bootNumberSchema, bytesSchema } from './primitives.ts'
import { planSchema } from './plan.ts'
import { diskSchema } from './disk.ts'

/** Where the ownership manifest lies on the boot volume. */
export const manifestPath = '/loader/berth/manifest.json'

/**
 * What Berth made, kept on the boot volume beside the system, so that a fresh copy of Berth can take everything away
 * when the present system has lost its own record. Enough by itself: the plan that was run and the state before it.
 */
export const ownershipManifestSchema = z.strictObject({
  schema: z.literal('berth/manifest/1'),
  plan: planSchema,
  before: z.strictObject({
    bootOrder: z.array(bootNumberSchema).nullable(),
    bootNext: bootNumberSchema.nullable(),
    /** The disks the plan touches, serial numbers left out. */
    disks: z.array(diskSchema),
    /** Free bytes of the boot volume before anything was written; null when it was made new. */
    bootVolumeFree: bytesSchema.nullable(),
  }),
  /** What was made on the boot volume and was not there before; filled in by the step that writes the files. */
  made: z.strictObject({ files: z.array(z.string()), folders: z.array(z.string()) }).optional(),
})

export type OwnershipManifest = DeepReadonly<z.infer<typeof ownershipManifestSchema>>
