import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bytesSchema, safeTextSchema } from './primitives.ts'

/** Other people's programs that are asked about this PC, too. */
export const opinionSources = ['lsblk', 'systeminformation', 'node-disk-info'] as const

/**
 * What one other program says of this PC. Nothing is ever decided by it: it is compared with what Berth read itself, and a
 * difference is told in a report. Null or absent: it says nothing about that.
 */
export interface SecondOpinion {
  readonly source: (typeof opinionSources)[number]
  readonly memory: number | null
  readonly firmware: 'uefi' | 'bios' | null
  readonly disks: readonly DiskOpinion[]
  readonly partitions: readonly PartitionOpinion[]
  /** It lists every disk and partition there is, so that one it does not list is a difference. */
  readonly listsAll: boolean
}

/** A disk, by the file of its device. Sizes in bytes. */
export interface DiskOpinion {
  readonly path: string
  readonly size: number | null
  readonly sectorSize: number | null
}

export interface PartitionOpinion {
  readonly path: string
  readonly size: number | null
  /** In that program's own words. */
  readonly fileSystem: string | null
  readonly mounts: readonly string[]
}

const valueSchema = z.union([safeTextSchema, bytesSchema]).nullable()

export const disagreementSchema = z.strictObject({
  source: z.enum(opinionSources),
  /** The file of a device, or `pc`. */
  about: safeTextSchema,
  fact: z.enum([
    'only-own',
    'only-other',
    'size',
    'sector-size',
    'file-system',
    'mounted',
    'memory',
    'firmware',
  ]),
  /** What Berth read itself; null: nothing like it. */
  own: valueSchema,
  other: valueSchema,
})

/** `second-opinions.json` of a report: who was asked, and in what they differ from what Berth read itself. */
export const secondOpinionsSchema = z.strictObject({
  schema: z.literal('berth/second-opinions/1'),
  asked: z.array(z.enum(opinionSources)),
  /** Who could not be asked, and why. */
  silent: z.array(z.strictObject({ source: z.enum(opinionSources), reason: safeTextSchema })),
  disagreements: z.array(disagreementSchema),
})

export type Disagreement = DeepReadonly<z.infer<typeof disagreementSchema>>
export type SecondOpinions = DeepReadonly<z.infer<typeof secondOpinionsSchema>>
