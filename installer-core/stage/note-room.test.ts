import { expect, it } from 'vitest'
import { bytes, GiB, lba } from '../base/bytes.ts'
import type { DiskId, PartitionId, ReleaseId } from '../model/primitives.ts'
import { parseRoom } from '../model/room.ts'
import type { StageJob } from '../model/stage.ts'
import { roomNote } from './note-room.ts'

const job = (from: number, to: number, change: Partial<StageJob> = {}): StageJob => ({
  schema: 'berth/stage-job/1',
  disk: 'd15c0000-0000-4000-8000-000000000001' as DiskId,
  partition: 'da7a0000-0000-4000-8000-000000000001' as PartitionId,
  start: lba(2048),
  from: bytes(from * GiB),
  to: bytes(to * GiB),
  entry: 7,
  option: '00',
  release: 'offline-2' as ReleaseId,
  releaseSha256: 'ab'.repeat(32),
  ...change,
})
const sizes = (note: string) => {
  const room = parseRoom(note)
  return room === null ? null : [room.from / GiB, room.to / GiB]
}

it('tells what the partition was and is', () => {
  expect(parseRoom(roomNote(job(10, 8), ''))).toEqual({
    schema: 'berth/room/1',
    disk: job(10, 8).disk,
    partition: job(10, 8).partition,
    start: 2048,
    from: 10 * GiB,
    to: 8 * GiB,
    release: 'offline-2',
    releaseSha256: 'ab'.repeat(32),
  })
})

it('counts room made twice as one, and the same job once', () => {
  const first = roomNote(job(10, 8), '')
  const second = roomNote(job(8, 5), first)
  expect(sizes(second)).toEqual([10, 5])
  expect(roomNote(job(8, 5), second)).toBe(second)
  expect(roomNote(job(10, 8), first)).toBe(first)
})

it.each([
  ['of another disk', roomNote(job(10, 8, { disk: 'other' as DiskId }), '')],
  ['of another place', roomNote(job(10, 8, { start: lba(4096) }), '')],
  ['of a size that the partition did not have', roomNote(job(10, 9), '')],
  ['that cannot be read', '{'],
])('takes the place of a record %s', (_, earlier) => {
  expect(sizes(roomNote(job(8, 5), earlier))).toEqual([8, 5])
})
