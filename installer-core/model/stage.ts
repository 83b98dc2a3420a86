import { z } from 'zod'
import { failureCodes } from '../base/failure-code.ts'
import {
  bootNumberSchema,
  bytesSchema,
  diskIdSchema,
  hexSchema,
  lbaSchema,
  partitionIdSchema,
  releaseIdSchema,
  sha256Schema,
} from './primitives.ts'
import type { ReleaseManifest } from './release.ts'

/** Where everything of the offline stage lies on the boot volume. */
export const stageFolder = '/EFI/Berth/stage'

/** Files of its own that the stage's folder has beside those of its release. */
const ownNames = ['job.json', 'mark', 'store']

/** Whether a release is an offline stage: another system's, started without being installed, would make no room. */
export function isOfflineStage({ loader, files }: Pick<ReleaseManifest, 'loader' | 'files'>): boolean {
  return [loader, ...files.map(({ path }) => path)].every((path) => {
    const name = path.startsWith(`${stageFolder}/`) ? path.slice(stageFolder.length + 1).toLowerCase() : '/'
    return !name.includes('/') && !ownNames.includes(name)
  })
}

/** File systems that the offline stage makes smaller. */
export const stageFileSystems = ['ext4', 'ntfs'] as const
export type StageFileSystem = (typeof stageFileSystems)[number]

export function isStageFileSystem(name: string): name is StageFileSystem {
  return (stageFileSystems as readonly string[]).includes(name)
}

/** What the offline stage is to do: written before it is armed, and never changed. */
export const stageJobSchema = z.strictObject({
  schema: z.literal('berth/stage-job/1'),
  disk: diskIdSchema,
  partition: partitionIdSchema,
  start: lbaSchema,
  from: bytesSchema,
  to: bytesSchema,
  /** The stage's own boot entry: its number, and the bytes that it was made of. */
  entry: bootNumberSchema,
  option: hexSchema,
  /** The stage's own release, and the SHA-256 of its `release.json`. */
  release: releaseIdSchema,
  releaseSha256: sha256Schema,
})
export type StageJob = Readonly<z.infer<typeof stageJobSchema>>

/**
 * How far the stage is. `prepare`: the volume is as it was. `merge`: what was worked out is being brought to the volume,
 * which must not be used meanwhile. `table`: the file system is smaller, the partition may not be yet. `done` and
 * `refused` (the volume is as it was) are ends.
 */
export const stagePhases = ['prepare', 'merge', 'table', 'done', 'refused'] as const
export const stageMarkSchema = z.strictObject({
  phase: z.enum(stagePhases),
  /** How often the stage was started. */
  starts: z.int().min(0),
  /** Why it refused. */
  failure: z.enum(failureCodes).optional(),
})
export type StageMark = Readonly<z.infer<typeof stageMarkSchema>>

/** A stage that lies on a boot volume. */
export const foundStageSchema = z.strictObject({ job: stageJobSchema, mark: stageMarkSchema })
export interface FoundStage {
  readonly job: StageJob
  readonly mark: StageMark
}

/** What `berth make-room` answers: how far the stage is, or was last; null when there is none. */
export const makeRoomSchema = z.strictObject({
  schema: z.literal('berth/make-room/1'),
  phase: z.enum(stagePhases).nullable(),
  failure: z.enum(failureCodes).nullable(),
})
export type MakeRoomAnswer = Readonly<z.infer<typeof makeRoomSchema>>
