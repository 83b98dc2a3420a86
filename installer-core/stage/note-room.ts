import { canonicalJson } from '../base/json.ts'
import { parseRoom, type MadeRoom } from '../model/room.ts'
import type { StageJob } from '../model/stage.ts'

/**
 * The record of the room that this job made. `earlier`: the record that lies there, '' when there is none. Where the same
 * partition has given room before, all of it is one room; the record of this very job stays as it is, so that a stage
 * that was cut may write it again.
 */
export function roomNote(job: StageJob, earlier: string): string {
  const { disk, partition, start, from, to, release, releaseSha256 } = job
  const room: MadeRoom = { schema: 'berth/room/1', disk, partition, start, from, to, release, releaseSha256 }
  const known = parseRoom(earlier)
  const isSamePlace = known?.disk === disk && known.partition === partition && known.start === start
  if (known === null || !isSamePlace) return noteText(room)
  if (known.to === to) return noteText(known)
  return noteText(known.to === from ? { ...room, from: known.from } : room)
}

function noteText(room: MadeRoom): string {
  return `${canonicalJson(room)}\n`
}
