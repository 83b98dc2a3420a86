import { finding, type Finding } from '../check/finding.ts'
import { findDisk, findPlace, isPortable } from '../check/locate.ts'
import { checkFollows } from '../check/space/check-follows.ts'
import type { Disk } from '../model/disk.ts'
import type { BootVolume, Machine } from '../model/machine.ts'
import type { Layout, PlannedStep, StepOf } from '../model/plan.ts'
import { parseRoom, roomPath, type MadeRoom } from '../model/room.ts'
import { playedLayout } from './layout.ts'

/** What gives room back that the offline stage made, and what is said of room that cannot be given back. */
export interface RoomsBack {
  readonly steps: readonly StepOf<'return-room'>[]
  readonly findings: readonly Finding[]
  /** The records that the steps stand on. */
  readonly rooms: readonly MadeRoom[]
}

/**
 * Looks at each record of room on a boot volume, against the partitions as `removals` will leave them. Room is given back
 * when its partition still begins where it did and has the size of either side of it, and nothing lies in the room. A
 * record that is not about a partition as it is now counts for nothing (`room-record-ignored`).
 */
export function returnRooms(machine: Machine, removals: readonly PlannedStep[]): RoomsBack {
  const steps: StepOf<'return-room'>[] = []
  const findings: Finding[] = []
  const rooms: MadeRoom[] = []
  for (const volume of machine.bootVolumes) {
    for (const text of volume.rooms ?? []) {
      const room = parseRoom(text)
      const isTwice = rooms.some(({ partition }) => partition === room?.partition)
      const judged = room === null || isTwice ? null : judge(machine, volume, room, removals)
      if (room === null || judged === null) findings.push(ignored(volume, room))
      else if ('id' in judged) findings.push(judged)
      else {
        steps.push(judged)
        rooms.push(room)
        const partition = findPlace(machine, room.partition)?.partition
        if (partition !== undefined) findings.push(...checkFollows(machine, partition))
      }
    }
  }
  return { steps, findings, rooms }
}

/** What is said of room that was made, could be given back, and nobody has asked about. */
export function unusedRooms(machine: Machine): readonly Finding[] {
  return returnRooms(machine, []).steps.map(({ target, from, to }) =>
    finding('room-made', 'note', { where: target.partition, facts: { size: to - from } }),
  )
}

/** The step; a finding when something lies in the room; null when the record is not about a partition as it is now. */
function judge(
  machine: Machine,
  volume: BootVolume,
  room: MadeRoom,
  removals: readonly PlannedStep[],
): StepOf<'return-room'> | Finding | null {
  const record = findPlace(machine, volume.partition)
  const disk = findDisk(machine, room.disk)
  // A stick may bring a record of anything.
  if (record === null || isPortable(record.disk) || disk === null) return null
  const { partitions } = playedLayout(disk, removals)
  if (findPlace(machine, room.partition)?.disk !== disk || !isAsRecorded(disk, room, partitions)) return null
  if (isTaken(disk, room, partitions))
    return finding('undo-leaves', 'warning', {
      where: room.partition,
      facts: {
        what: `the room made at the end of partition ${room.partition}`,
        reason: 'another partition lies in it',
      },
    })
  const { disk: id, partition, start, from, to } = room
  return {
    kind: 'return-room',
    target: { disk: id, partition, start, size: from },
    from: to,
    to: from,
    record: { disk: record.disk.id, partition: volume.partition, path: roomPath(partition) },
  }
}

function isAsRecorded(
  disk: Disk,
  { partition, start, from, to }: MadeRoom,
  partitions: Layout['partitions'],
): boolean {
  if (disk.table.kind !== 'gpt' || from % disk.sectorSize !== 0) return false
  const row = partitions.find((one) => one.partition === partition)
  if (row?.start !== start || (row.size !== to && row.size !== from)) return false
  return start + from / disk.sectorSize - 1 <= disk.table.lastUsable
}

function isTaken(
  disk: Disk,
  { partition, start, from }: MadeRoom,
  partitions: Layout['partitions'],
): boolean {
  const end = start + from / disk.sectorSize
  const others = partitions.filter((one) => one.partition !== partition)
  return others.some((other) => other.start < end && other.start + other.size / disk.sectorSize > start)
}

function ignored({ partition }: BootVolume, room: MadeRoom | null): Finding {
  const facts = { volume: room?.partition ?? null }
  return finding('room-record-ignored', 'note', { where: partition, facts })
}
