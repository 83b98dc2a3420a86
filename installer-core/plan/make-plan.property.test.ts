import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MiB } from '../base/bytes.ts'
import { checkMachine } from '../check/check-machine.ts'
import { extent } from '../check/locate.ts'
import { shrinkFloor } from '../check/space/shrink-fitness.ts'
import { buildChoices, buildRelease, releaseSha256 } from '../check/testing/machine-builder.ts'
import type { Disk } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import { planSchema, type Plan } from '../model/plan.ts'
import type { SafeText } from '../model/primitives.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { redactMachine } from '../probe/redact.ts'
import { makePlan } from './make-plan.ts'
import { makeUndoPlan } from './make-undo-plan.ts'
import { arbitraryChoices, arbitraryData, arbitraryMachine } from './testing/arbitrary-machine.ts'
import { hashText } from './testing/hash-text.ts'
import { machineAfter } from './testing/machine-after.ts'
import { manifestOf, stepIn } from './testing/plan-for.ts'

const runs = 400
const release = (data: ReleaseManifest['needs']['data']) =>
  buildRelease({ needs: { ...buildRelease().needs, data } })
const plan = (
  machine: Machine,
  choices: Record<string, unknown>,
  data: ReleaseManifest['needs']['data'] = null,
) => makePlan(machine, buildChoices(choices), release(data), releaseSha256, hashText)

/** Runs `prove` on every case that has a plan, and makes sure that enough of them have one. */
function forEveryPlan(prove: (machine: Machine, plan: Plan, choices: Record<string, unknown>) => void): void {
  let plans = 0
  fc.assert(
    fc.property(arbitraryMachine, arbitraryChoices, arbitraryData, (machine, choices, data) => {
      const outcome = plan(machine, choices, data)
      if (outcome.plan === null) return
      plans += 1
      prove(machine, outcome.plan, choices)
    }),
    { numRuns: runs, seed: 20261121 },
  )
  expect(plans).toBeGreaterThan(runs / 5)
}

function diskOf(machine: Machine, id: string): Disk {
  const disk = machine.disks.find((one) => one.id === id)
  if (disk === undefined) throw new Error(`a plan for a disk that is not there: ${id}`)
  return disk
}

describe('any plan', () => {
  it('is there exactly when nothing blocks, follows its schema and agrees with the check', () => {
    fc.assert(
      fc.property(arbitraryMachine, arbitraryChoices, arbitraryData, (machine, choices, data) => {
        const outcome = plan(machine, choices, data)
        const blocked = outcome.issues.some((issue) => issue.severity === 'blocker')
        expect(outcome.plan === null).toBe(blocked)
        expect(checkMachine(machine, buildChoices(choices), release(data), releaseSha256)).toEqual(
          outcome.issues,
        )
        if (outcome.plan !== null) expect(planSchema.parse(outcome.plan)).toEqual(outcome.plan)
      }),
      { numRuns: runs, seed: 7 },
    )
  })

  it('makes partitions only in free room or in what a shrink frees, aligned, in free slots, without overlap', () => {
    forEveryPlan((machine, made) => {
      for (const layout of made.after) {
        const disk = diskOf(machine, layout.disk)
        const rows = layout.partitions.map((row) => ({ ...row, from: row.start * disk.sectorSize }))
        for (const [i, row] of rows.entries()) {
          const next = rows[i + 1]
          if (next !== undefined) expect(row.from + row.size).toBeLessThanOrEqual(next.from)
        }
        expect(new Set(rows.map((row) => row.slot)).size).toBe(rows.length)
        expect(new Set(rows.map((row) => row.partition)).size).toBe(rows.length)
      }
      for (const step of made.steps) {
        if (step.kind !== 'create-partition') continue
        const disk = diskOf(machine, step.disk)
        if (disk.table.kind !== 'gpt') throw new Error('a partition on a disk without GPT')
        expect((step.start * disk.sectorSize) % MiB).toBe(0)
        expect(step.blocks * disk.sectorSize).toBe(step.size)
        expect(step.start).toBeGreaterThanOrEqual(disk.table.firstUsable)
        expect(step.start + step.blocks - 1).toBeLessThanOrEqual(disk.table.lastUsable)
        expect(disk.removable).toBe(false)
      }
    })
  })

  it('leaves every partition of others where it is, and as large, but the one it names', () => {
    forEveryPlan((machine, made, choices) => {
      const shrinks = made.steps.filter((step) => step.kind === 'shrink-volume')
      expect(shrinks.length).toBeLessThanOrEqual(1)
      for (const layout of made.before) {
        const disk = diskOf(machine, layout.disk)
        for (const partition of disk.partitions) {
          const row = made.after
            .find((one) => one.disk === layout.disk)
            ?.partitions.find((one) => one.partition === partition.id)
          expect(row).toMatchObject({ start: partition.start, slot: partition.slot })
          const shrunk = shrinks[0]?.target.partition === partition.id
          expect(row?.size).toBe(shrunk ? shrinks[0]?.to : partition.size)
        }
      }
      const from = choices['spaceFrom'] as { kind: string; partition?: string }
      if (from.kind === 'shrink' && shrinks[0] !== undefined)
        expect(shrinks[0].target.partition).toBe(from.partition)
      if (from.kind === 'gap') expect(shrinks).toHaveLength(0)
      for (const step of made.steps) {
        if (step.kind === 'format-volume')
          expect(step.target.partition).toBe(stepIn(made, 'create-partition').partition)
      }
    })
  })

  it('shrinks no volume below its limit, and none that is dirty, asleep, encrypted or needed', () => {
    forEveryPlan((machine, made) => {
      for (const step of made.steps) {
        if (step.kind !== 'shrink-volume') continue
        const disk = diskOf(machine, step.target.disk)
        const partition = disk.partitions.find((one) => one.id === step.target.partition)
        if (partition === undefined) throw new Error('a volume that is not there')
        expect(step.to).toBeGreaterThanOrEqual(shrinkFloor(partition) ?? Infinity)
        expect(step.to).toBeLessThan(step.from)
        expect(partition.volume).toMatchObject({
          dirty: false,
          hibernated: false,
          fileSystem: step.fileSystem,
        })
        expect(partition.attributes.endsWith('1')).toBe(false)
        const boot = stepIn(made, 'create-partition')
        expect(boot.start * disk.sectorSize).toBe(extent(disk, partition).start + step.to)
      }
    })
  })

  it('gives the release its room and takes a boot entry that nobody has', () => {
    forEveryPlan((machine, made) => {
      const need = 96 * MiB
      const write = stepIn(made, 'write-files')
      const boot = made.steps.find((step) => step.kind === 'create-partition' && step.role === 'boot')
      const volume = machine.disks
        .flatMap((disk) => disk.partitions)
        .find((one) => one.id === write.target.partition)
      if (boot?.kind === 'create-partition') expect(boot.size).toBeGreaterThan(need)
      else expect(volume?.volume.free).toBeGreaterThanOrEqual(need)
      const { entry } = stepIn(made, 'create-boot-entry')
      const { bootEntries, bootOrder, bootNext } = machine.firmware
      expect([...bootEntries.map((one) => one.number), ...(bootOrder ?? []), bootNext]).not.toContain(entry)
      expect(made.steps.at(-1)).toMatchObject({ kind: 'arm-trial', entry })
      expect(made.steps.some((step) => step.kind === 'confirm-trial')).toBe(false)
    })
  })

  it('is the same for a redacted report, another name of the disk, another language, another hour', () => {
    forEveryPlan((machine, made, choices) => {
      const elsewhere: Machine = {
        ...redactMachine(machine),
        source: { kind: 'recording', name: 'machine.json' as SafeText },
        running: { ...machine.running, locale: 'ja-JP' as SafeText, version: '11 25H2' as SafeText },
        power: { source: 'battery', percent: 91 },
        disks: redactMachine(machine).disks.map((disk) => ({
          ...disk,
          name: `/dev/${disk.name}` as SafeText,
        })),
      }
      const data = made.steps.find((step) => step.kind === 'create-partition' && step.role === 'data')
      if (data !== undefined) return
      const again = plan(elsewhere, choices).plan
      const here = plan(machine, choices).plan
      expect(again?.fingerprint).toBe(here?.fingerprint)
      expect(again?.steps).toEqual(here?.steps)
    })
  })

  it('can be taken back to the picture before it', () => {
    forEveryPlan((machine, made) => {
      const undo = makeUndoPlan(machineAfter(machine, made), manifestOf(machine, made), hashText)
      if (undo.plan === null) throw new Error('no undo')
      for (const layout of undo.plan.after) {
        expect(layout).toEqual(made.before.find((one) => one.disk === layout.disk))
      }
      expect(stepIn(undo.plan, 'restore-boot-order').order).toEqual(machine.firmware.bootOrder)
      expect(undo.issues.filter((issue) => issue.id === 'undo-leaves')).toEqual([])
    })
  })
})
