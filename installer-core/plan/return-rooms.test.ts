import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../base/bytes.ts'
import { diskIdOf, partitionIdOf } from '../check/testing/machine-builder.ts'
import type { PartitionSpec } from '../check/testing/disk-builder.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan, PlannedStep } from '../model/plan.ts'
import { roomPath } from '../model/room.ts'
import { describePlan } from './describe-plan.ts'
import { makeUndoPlan } from './make-undo-plan.ts'
import { returnRooms } from './return-rooms.ts'
import { hashText } from './testing/hash-text.ts'
import { machineAfter } from './testing/machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from './testing/plan-for.ts'
import { esp, from, pc, recordOf, root, start, to, withRooms } from './testing/room-pc.ts'

const step: PlannedStep = {
  kind: 'return-room',
  target: { disk: diskIdOf('own'), partition: root, start: start(pc()) ?? (0 as never), size: bytes(from) },
  from: bytes(to),
  to: bytes(from),
  record: { disk: diskIdOf('own'), partition: esp, path: roomPath(root) },
}

describe('room that the offline stage made', () => {
  it('goes back to its volume when nothing is installed', () => {
    const machine = withRooms(pc(), recordOf(pc()))
    const plan = expectPlan(makeUndoPlan(machine, null, hashText))
    expect(plan.steps).toEqual([step])
    expect(plan).toMatchObject({ goal: 'undo', release: 'offline-1-x86_64', lost: [], issues: [] })
    expect(plan.after[0]?.partitions[1]?.size).toBe(from)
    expect(plan.after[0]?.gaps).toEqual([])
  })

  it('goes back to an NTFS with a word about the check that follows', () => {
    const ntfs = pc({ volume: { fileSystem: 'ntfs', free: bytes(9 * GiB), dirty: true } })
    const plan = expectPlan(makeUndoPlan(withRooms(ntfs, recordOf(ntfs)), null, hashText))
    expect(plan.steps).toEqual([step])
    expect(plan.issues).toMatchObject([{ id: 'volume-check-follows', severity: 'note', where: root }])
  })

  it('goes back after everything that was installed into it, down to the picture before the room was made', () => {
    const machine = withRooms(pc(), recordOf(pc()))
    const installed = expectPlan(planFor(machine, { spaceFrom: { kind: 'gap' } }))
    const after = machineAfter(machine, installed)
    const undo = expectPlan(makeUndoPlan(after, manifestOf(machine, installed), hashText))
    const kinds = undo.steps.map(({ kind }) => kind)
    expect(kinds.slice(-2)).toEqual(['remove-partition', 'return-room'])
    expect(undo.steps.at(-1)).toEqual(step)
    expect(undo.after[0]?.partitions.map(({ partition, size }) => [partition, size])).toEqual([
      [esp, 512 * MiB],
      [root, from],
    ])
  })

  it('goes back behind what an installation took of the same volume', () => {
    const machine = withRooms(pc({ size: to - GiB }), recordOf(pc()))
    const grown: PlannedStep = {
      kind: 'grow-volume',
      of: 0,
      target: { ...step.target, size: bytes(to) },
      from: bytes(to - GiB),
      to: bytes(to),
    }
    expect(returnRooms(machine, [grown]).steps).toEqual([step])
    expect(returnRooms(machine, []).steps).toEqual([])
  })

  it('is only noted as given back when the partition has its size again', () => {
    expect(returnRooms(withRooms(pc({ size: from }), recordOf(pc())), []).steps).toEqual([step])
  })

  it('stays room while another partition lies in it, and the rest is undone', () => {
    const other: PartitionSpec = { name: 'Other', type: 'linuxGeneric', size: GiB, gapBefore: GiB }
    const taken = withRooms(pc({}, [other]), recordOf(pc()))
    expect(returnRooms(taken, [])).toMatchObject({
      steps: [],
      findings: [{ id: 'undo-leaves', severity: 'warning', where: root }],
    })
    const installed = expectPlan(planFor(taken, { spaceFrom: { kind: 'gap' } }))
    const after = machineAfter(taken, installed)
    const undo = expectPlan(makeUndoPlan(after, manifestOf(taken, installed), hashText))
    expect(stepIn(undo, 'remove-partition')).toBeDefined()
    expect(undo.steps.map(({ kind }) => kind)).not.toContain('return-room')
    expect(undo.issues).toContainEqual(expect.objectContaining({ id: 'undo-leaves', where: root }))
  })

  it.each<[string, Machine]>([
    ['of a size in between', withRooms(pc({ size: to + GiB }), recordOf(pc()))],
    ['that begins elsewhere', withRooms(pc(), recordOf(pc(), { start: 2048 }))],
    ['that is gone', withRooms(pc(), recordOf(pc(), { partition: partitionIdOf('Gone') }))],
    ['of another disk', withRooms(pc(), recordOf(pc(), { disk: diskIdOf('other') }))],
    ['longer than its disk', withRooms(pc(), recordOf(pc(), { from: from + GiB }))],
    ['that would not grow', withRooms(pc(), recordOf(pc(), { from: to }))],
    ['that cannot be read', withRooms(pc(), '{"schema":"berth/room/1"')],
  ])('leaves a partition alone %s, and says that there is a note of it', (_, machine) => {
    const { plan, issues } = makeUndoPlan(machine, null, hashText)
    expect(plan).toBeNull()
    expect(issues.map(({ id, severity }) => [id, severity])).toEqual([
      ['nothing-installed', 'blocker'],
      ['room-record-ignored', 'note'],
    ])
  })

  it('is not believed to a stick', () => {
    const machine = withRooms(pc(), recordOf(pc()))
    const stick = { ...machine, disks: machine.disks.map((disk) => ({ ...disk, removable: true })) }
    expect(returnRooms(stick, []).steps).toEqual([])
  })

  it('is given back once when two notes tell of it', () => {
    const { steps, findings } = returnRooms(withRooms(pc(), recordOf(pc()), recordOf(pc())), [])
    expect(steps).toEqual([step])
    expect(findings.map(({ id }) => id)).toEqual(['room-record-ignored'])
  })

  it('has no place in a plan of a PC without a record', () => {
    expect(makeUndoPlan(pc(), null, hashText).issues.map(({ id }) => id)).toEqual(['nothing-installed'])
  })

  it.each(['en', 'de'] as const)('is told in words (%s)', (locale) => {
    const machine = withRooms(pc(), recordOf(pc()))
    const plan: Plan = expectPlan(makeUndoPlan(machine, null, hashText))
    const sections = describePlan(plan, machine, locale)
    const words = sections.flatMap(({ heading, lines }) => [heading, ...lines]).join('\n')
    expect(words).toContain(locale === 'en' ? 'from 16 GiB to 20 GiB' : 'von 16 GiB auf 20 GiB')
    expect(words).not.toContain('offline-1')
    expect(words).not.toContain('?')
  })
})
