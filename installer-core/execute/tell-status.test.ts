import { describe, expect, it } from 'vitest'
import { GiB, MiB } from '../base/bytes.ts'
import type { Machine } from '../model/machine.ts'
import { from, pc, recordOf, root, to, withRooms } from '../plan/testing/room-pc.ts'
import { tellStatus } from './tell-status.ts'

function findings(machine: Machine) {
  return tellStatus(machine, { manifest: null, confirmedAs: null }, null).findings
}

describe('the status of a PC on which nothing is installed', () => {
  it('names room that was made and nothing uses', () => {
    expect(findings(withRooms(pc(), recordOf(pc())))).toMatchObject([
      { id: 'room-made', severity: 'note', where: root, facts: { size: from - to } },
    ])
  })

  it('names none where none was made, a record fits no partition, or somebody uses the room', () => {
    const other = { name: 'Other', type: 'linuxGeneric', size: GiB, volume: {} } as const
    expect(findings(pc())).toEqual([])
    expect(findings(withRooms(pc(), recordOf(pc(), { to: to - MiB })))).toEqual([])
    const used = pc({}, [other])
    expect(findings(withRooms(used, recordOf(used)))).toEqual([])
  })
})
