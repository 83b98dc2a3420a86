import { describe, expect } from 'vitest'
import { GiB } from '../../base/bytes.ts'
import type { SafeText } from '../../model/primitives.ts'
import { expectPlan, planFor, stepIn } from '../../plan/testing/plan-for.ts'
import { describeIssue } from '../../text/issues.ts'
import {
  buildDisk,
  buildMachine,
  diskIdOf,
  partitionIdOf,
  windowsDisk,
  windowsPartitions,
} from '../testing/machine-builder.ts'

import { blockers, hardCase, ofId } from '../testing/hard-case-kit.ts'

describe('disks and identities', () => {
  hardCase('HC-05', 'cloned disks: refused, whichever of the two is meant', () => {
    const disk = windowsDisk()
    const machine = buildMachine({
      disks: [disk, { ...disk, name: 'clone.img' as SafeText }],
      more: { ambiguous: { disks: [disk.id], partitions: disk.partitions.map((one) => one.id) } },
    })
    expect(blockers(planFor(machine).issues)).toContain('disk-duplicate')
    const twice = buildMachine({
      disks: [buildDisk({ partitions: windowsPartitions({ MSR: { id: partitionIdOf('ESP') } }) })],
      more: { ambiguous: { disks: [], partitions: [partitionIdOf('ESP')] } },
    })
    expect(blockers(planFor(twice).issues)).toContain('partition-duplicate')
  })

  hardCase('HC-06', 'an MBR disk: refused, another GPT disk proposed', () => {
    const mbr = buildDisk({ name: 'old.img', table: { kind: 'mbr', signature: '0badcafe', bootable: true } })
    expect(blockers(planFor(buildMachine({ disks: [mbr] })).issues)).toContain('disk-mbr')
    const empty = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    const plan = expectPlan(planFor(buildMachine({ disks: [mbr, empty] })))
    expect(stepIn(plan, 'create-partition').disk).toBe(empty.id)
  })

  hardCase('HC-07', 'GPT copies that disagree: no edit, no repair, a diagnosis', () => {
    const gpts = [
      { primary: 'damaged' as const, agree: false, problems: ['header.crc32'] },
      { backup: 'damaged' as const, agree: false, problems: ['entries.crc32'] },
      { agree: false },
    ]
    for (const gpt of gpts) {
      const outcome = planFor(buildMachine({ disks: [windowsDisk({}, { gpt })] }))
      expect(outcome.plan).toBeNull()
      const issue = ofId(outcome.issues, 'disk-table-damaged')
      expect(issue.facts['problems']).toBe(gpt.problems?.join() ?? 'the two copies differ')
    }
  })

  hardCase('HC-08', 'a dynamic disk: no shrink, another basic disk accepted', () => {
    const ldm = windowsDisk({ Windows: { type: 'ldmData' } })
    expect(blockers(planFor(buildMachine({ disks: [ldm] })).issues)).toContain('disk-ldm')
    const basic = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    expect(stepIn(expectPlan(planFor(buildMachine({ disks: [ldm, basic] }))), 'create-partition').disk).toBe(
      basic.id,
    )
  })

  hardCase('HC-14', 'disks behind RST or VMD: refused and explained, never switched', () => {
    for (const storageController of ['rst', 'vmd'] as const) {
      const outcome = planFor(buildMachine({ more: { storageController } }))
      expect(blockers(outcome.issues)).toEqual(['storage-hidden'])
      expect(describeIssue(ofId(outcome.issues, 'storage-hidden')).remedy).toContain('Berth never changes it')
    }
  })

  hardCase('HC-34', 'two disks alike: every step names disk, partition, start and size', () => {
    const other = windowsDisk(
      {},
      {
        name: 'disk1.img',
        partitions: windowsPartitions().map((one) => ({ ...one, id: partitionIdOf(`other ${one.name}`) })),
      },
    )
    const plan = expectPlan(planFor(buildMachine({ disks: [other, windowsDisk()] })))
    for (const step of plan.steps) {
      if (!('target' in step)) continue
      expect(step.target.disk).toBe(diskIdOf('disk0.img'))
      expect(step.target).toMatchObject({ start: expect.any(Number), size: expect.any(Number) })
    }
    expect(stepIn(plan, 'shrink-volume').target.partition).toBe(partitionIdOf('Windows'))
  })
})
