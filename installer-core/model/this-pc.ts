import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bytesSchema, safeTextSchema } from './primitives.ts'

/**
 * What can be told about the PC that Berth runs on without any privilege. Advisory: it is shown and never planned on,
 * because it holds no identities, no table and no boot entries. Serial numbers and names of people are not in it.
 */
export const thisPcSchema = z.strictObject({
  schema: z.literal('berth/this-pc/1'),
  /** Says on every copy of it that nothing may be decided by it. */
  advisory: z.literal(true),
  takenAt: z.string(),
  os: z.strictObject({
    kind: z.enum(['windows', 'linux', 'other']),
    name: safeTextSchema,
    version: safeTextSchema,
  }),
  computer: z.strictObject({ vendor: safeTextSchema, model: safeTextSchema }),
  cpu: z.strictObject({ name: safeTextSchema, cores: z.int().min(0) }),
  memory: bytesSchema.nullable(),
  gpus: z.array(safeTextSchema),
  /** A guess of the running system's, not the firmware's own word. */
  firmware: z.enum(['uefi', 'bios', 'unknown']),
  power: z.strictObject({
    source: z.enum(['ac', 'battery', 'unknown']),
    percent: z.number().min(0).max(100).nullable(),
  }),
  disks: z.array(
    z.strictObject({
      name: safeTextSchema,
      model: safeTextSchema,
      size: bytesSchema,
      kind: z.enum(['ssd', 'hdd', 'unknown']),
      bus: safeTextSchema,
    }),
  ),
  volumes: z.array(
    z.strictObject({
      mount: safeTextSchema,
      fileSystem: safeTextSchema,
      size: bytesSchema,
      used: bytesSchema,
    }),
  ),
  /** Who says what is mounted where; the device as that program writes it. Absent in what older versions wrote. */
  mounts: z
    .array(
      z.strictObject({
        source: z.enum(['systeminformation', 'node-disk-info']),
        device: safeTextSchema,
        mount: safeTextSchema,
        fileSystem: safeTextSchema.nullable(),
      }),
    )
    .default([]),
  /** What could not be told, and why: names of the parts above with a reason. */
  missing: z.array(z.strictObject({ part: z.string(), reason: safeTextSchema })),
})

export type ThisPc = DeepReadonly<z.infer<typeof thisPcSchema>>
