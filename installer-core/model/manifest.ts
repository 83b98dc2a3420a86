import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bootNumberSchema, bytesSchema, partitionIdSchema, sha256Schema } from './primitives.ts'
import { planSchema, type StepKind, type StepOf } from './plan.ts'
import { diskSchema } from './disk.ts'

/** Where the ownership manifest lies on the boot volume. */
export const manifestPath = '/loader/berth/manifest.json'

/**
 * Berth's own files that no plan names. Of a run that has not ended: new ones that are not complete yet, and old ones that
 * were set aside. Of a system that did not start: why (`assets/system/desktop/berth-failed-start`).
 */
export const leavingPath = /^\/loader\/berth\/(?:(?:new|old)-\d{1,4}\.tmp|failed-start\.(?:txt|tmp))$/i

/** Why a start of the new system failed, and what it said (`probe/failed-start.ts`). */
export const failedStartPath = '/loader/berth/failed-start.txt'

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
    /** The loaders that the firmware falls back to when no entry works (`/EFI/BOOT/BOOT….EFI`), by boot volume. */
    fallbacks: z
      .array(z.strictObject({ partition: partitionIdSchema, path: z.string(), sha256: sha256Schema }))
      .optional(),
  }),
  /** What was made on the boot volume and was not there before; filled in by the step that writes the files. */
  made: z.strictObject({ files: z.array(z.string()), folders: z.array(z.string()) }).optional(),
})

export type OwnershipManifest = DeepReadonly<z.infer<typeof ownershipManifestSchema>>

/** The step of a kind in the plan that was run; null when it has none. */
export function stepOf<K extends StepKind>({ plan }: OwnershipManifest, kind: K): StepOf<K> | null {
  return plan.steps.find((step): step is StepOf<K> => step.kind === kind) ?? null
}
