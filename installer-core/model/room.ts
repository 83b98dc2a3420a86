import { z } from 'zod'
import { jsonIn } from '../base/json.ts'
import {
  bytesSchema,
  diskIdSchema,
  lbaSchema,
  partitionIdSchema,
  releaseIdSchema,
  sha256Schema,
  type PartitionId,
} from './primitives.ts'

/** Where records of room lie on the boot volume; the offline stage lies there too. */
export const roomFolder = '/EFI/Berth'

/** A record of room by its path, in any case. */
export const roomFile = /^\/EFI\/Berth\/room-[0-9a-f-]{36}\.json$/i

/** Where the record of the room lies that was made at the end of this partition. */
export function roomPath(partition: PartitionId): string {
  return `${roomFolder}/room-${partition}.json`
}

/**
 * Room that the offline stage made at the end of a partition: enough to give it back when nothing else is known. The
 * stage writes it, and giving the room back removes it.
 */
export const madeRoomSchema = z.strictObject({
  schema: z.literal('berth/room/1'),
  disk: diskIdSchema,
  partition: partitionIdSchema,
  start: lbaSchema,
  /** Sizes of the partition before and since. */
  from: bytesSchema,
  to: bytesSchema,
  /** The release of the stage that made it, and the SHA-256 of its `release.json`. */
  release: releaseIdSchema,
  releaseSha256: sha256Schema,
})
export type MadeRoom = Readonly<z.infer<typeof madeRoomSchema>>

/** The room that a record's text tells of; null when it is none. */
export function parseRoom(text: string): MadeRoom | null {
  const parsed = madeRoomSchema.safeParse(jsonIn(text))
  return parsed.success && parsed.data.to < parsed.data.from ? parsed.data : null
}
