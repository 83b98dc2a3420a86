import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import type { PartitionId } from '../../model/primitives.ts'
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

import { blockers, hardCase, ids, kinds, ofId, roomyEsp } from '../testing/hard-case-kit.ts'

const secondEsp = { ...windowsPartitions(roomyEsp)[0], name: 'ESP2', type: 'esp', size: 512 * MiB } as const

/** A PC whose disk has these partitions, ESP and ESP2 among them, both readable. */
function withTwoEsps(partitions: ReturnType<typeof windowsPartitions>, bootedFrom: PartitionId | null) {
  return buildMachine({
    disks: [windowsDisk({}, { partitions })],
    running: { bootedFrom },
    more: {
      bootVolumes: ['ESP', 'ESP2'].map((name) => ({
        partition: partitionIdOf(name),
        files: [],
        incomplete: false,
        manifest: null,
      })),
    },
  })
}

describe('room', () => {
  hardCase(
    'HC-01',
    'an ESP with too little room: a boot partition on the same disk, the ESP untouched',
    () => {
      const plan = expectPlan(planFor(buildMachine()))
      const made = stepIn(plan, 'create-partition')
      expect(made).toMatchObject({
        typeGuid: partitionType.xbootldr,
        disk: diskIdOf('disk0.img'),
        size: 4 * GiB,
      })
      expect(
        plan.steps.some((step) => 'target' in step && step.target.partition === partitionIdOf('ESP')),
      ).toBe(false)
      expect(ofId(plan.issues, 'esp-too-small')).toMatchObject({
        severity: 'note',
        facts: { required: 96 * MiB, found: 70 * MiB },
      })
      const asEsp = expectPlan(planFor(buildMachine(), { bootPartitionType: 'esp' }))
      expect(stepIn(asEsp, 'create-partition').typeGuid).toBe(partitionType.esp)
    },
  )

  hardCase(
    'HC-02',
    'a boot partition of 100 MB on a 4Kn disk: 260 MiB are planned and the reason is said',
    () => {
      const disk = windowsDisk({}, { sectorSize: 4096 })
      const plan = expectPlan(
        planFor(buildMachine({ disks: [disk] }), { bootSpace: 100_000_000, bootPartitionType: 'esp' }),
      )
      expect(stepIn(plan, 'create-partition')).toMatchObject({ size: 260 * MiB, blocks: (260 * MiB) / 4096 })
      expect(ofId(plan.issues, 'boot-space-raised').required).toContain(String(260 * MiB))
      const small = expectPlan(planFor(buildMachine(), { bootSpace: 100 * MiB }))
      expect(stepIn(small, 'create-partition').size).toBe(100 * MiB)
    },
  )

  hardCase('HC-03', "two ESPs on one disk: asked for, the present system's by default", () => {
    const machine = withTwoEsps([secondEsp, ...windowsPartitions(roomyEsp)], null)
    const plan = expectPlan(planFor(machine))
    expect(stepIn(plan, 'write-files').target.partition).toBe(partitionIdOf('ESP'))
    expect(ofId(plan.issues, 'esp-several').severity).toBe('warning')
    const other = expectPlan(
      planFor(machine, { spaceFrom: { kind: 'esp', partition: partitionIdOf('ESP2') } }),
    )
    expect(stepIn(other, 'write-files').target.partition).toBe(partitionIdOf('ESP2'))
    expect(ids(other.issues)).not.toContain('esp-several')
  })

  it('two ESPs, and the present one too small: the other one is used, and both are named', () => {
    const machine = withTwoEsps([...windowsPartitions(), secondEsp], partitionIdOf('ESP'))
    const plan = expectPlan(planFor(machine, { spaceFrom: { kind: 'esp' } }))
    expect(stepIn(plan, 'write-files').target.partition).toBe(partitionIdOf('ESP2'))
    expect(ofId(plan.issues, 'esp-several').facts).toMatchObject({
      partition: partitionIdOf('ESP2'),
      present: partitionIdOf('ESP'),
    })
  })

  hardCase(
    'HC-04',
    'a live stick with an ESP of its own: never a target, even when it was booted from',
    () => {
      const stick = buildDisk({
        name: 'stick.img',
        removable: true,
        bus: 'usb',
        size: 8 * GiB,
        partitions: [
          {
            name: 'StickESP',
            type: 'esp',
            size: 1 * GiB,
            volume: { fileSystem: 'fat32', free: bytes(GiB), dirty: false },
          },
        ],
      })
      const machine = buildMachine({
        disks: [stick, windowsDisk()],
        running: { os: 'linux', bootedFrom: partitionIdOf('StickESP') },
      })
      const plan = expectPlan(planFor(machine))
      expect(plan.before.map((layout) => layout.disk)).toEqual([diskIdOf('disk0.img')])
      expect(blockers(planFor(machine, { disk: stick.id }).issues)).toContain('disk-removable')
    },
  )

  hardCase('HC-13', 'a volume that cannot give enough: less, then another disk, then a clear refusal', () => {
    const tight = (limit: number) =>
      windowsDisk({ Windows: { volume: { shrinkLimit: bytes(50 * GiB - limit) } } })
    const less = expectPlan(planFor(buildMachine({ disks: [tight(2 * GiB)] })))
    expect(stepIn(less, 'create-partition').size).toBe(1 * GiB)
    expect(ofId(less.issues, 'boot-space-reduced').severity).toBe('warning')
    const empty = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    const other = planFor(buildMachine({ disks: [tight(0), empty] }))
    expect(stepIn(expectPlan(other), 'create-partition').disk).toBe(empty.id)
    expect(ids(other.issues)).toContain('disk-other-chosen')
    const none = planFor(buildMachine({ disks: [tight(0)] }))
    expect(none.plan).toBeNull()
    expect(blockers(none.issues)).toEqual(expect.arrayContaining(['space-none', 'volume-shrink-limit']))
    const asked = planFor(buildMachine({ disks: [tight(2 * GiB)] }), { bootSpace: 4 * GiB })
    expect(blockers(asked.issues)).toContain('boot-space-unavailable')
  })

  hardCase('HC-32', 'a FAT16 ESP: used with a warning, never formatted', () => {
    const disk = windowsDisk({
      ESP: { size: 512 * MiB, volume: { fileSystem: 'fat16', free: bytes(450 * MiB) } },
    })
    const outcome = planFor(buildMachine({ disks: [disk] }))
    expect(kinds(outcome)).toEqual(['write-files', 'create-boot-entry', 'arm-trial'])
    expect(ofId(outcome.issues, 'esp-fat16').severity).toBe('warning')
  })

  hardCase('HC-33', 'megabytes and mebibytes: need and have are given in bytes', () => {
    const release = {
      needs: {
        bootSpace: bytes(500 * MiB),
        reserve: bytes(0),
        memory: { required: bytes(MiB), recommended: bytes(MiB) },
        firmware: ['uefi64' as const],
        data: null,
      },
    }
    const disk = windowsDisk({ ESP: { size: 600 * MiB, volume: { free: bytes(500_000_000) } } })
    const outcome = planFor(buildMachine({ disks: [disk] }), {}, release)
    const issue = ofId(outcome.issues, 'esp-too-small')
    expect(issue).toMatchObject({
      required: '524288000 bytes (500 MiB)',
      found: '500000000 bytes (476.8 MiB)',
    })
    expect(describeIssue(issue).message).toContain('476.8 MiB (500,000,000 bytes)')
  })
})
