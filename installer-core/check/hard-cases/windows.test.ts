import { describe, expect } from 'vitest'
import { GiB } from '../../base/bytes.ts'
import type { SafeText } from '../../model/primitives.ts'
import { makeSwitchPlan } from '../../plan/make-switch-plan.ts'
import { hashText } from '../../plan/testing/hash-text.ts'
import { machineAfter } from '../../plan/testing/machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from '../../plan/testing/plan-for.ts'
import { describeIssue } from '../../text/issues.ts'
import { bootEntry, buildMachine, partitionIdOf, windowsDisk } from '../testing/machine-builder.ts'

import { blockers, gapDisk, hardCase, ids, kinds, ofId } from '../testing/hard-case-kit.ts'

const encrypted = { bitlocker: { conversion: 'fully-encrypted', protection: 'on' } } as const
describe('BitLocker and Windows', () => {
  hardCase('HC-09', 'BitLocker and no gap: no shrink; Windows itself is to make the room', () => {
    const disk = windowsDisk({
      Windows: { volume: { fileSystem: 'bitlocker', free: null, shrinkLimit: null } },
    })
    const outcome = planFor(buildMachine({ disks: [disk], running: { os: 'linux' } }))
    expect(outcome.plan).toBeNull()
    expect(blockers(outcome.issues)).toContain('bitlocker-shrink')
    expect(describeIssue(ofId(outcome.issues, 'bitlocker-shrink')).remedy).toContain('Shrink Volume')
    const suspended = { bitlocker: { conversion: 'fully-encrypted', protection: 'off' } } as const
    const paused = planFor(buildMachine({ disks: [windowsDisk({ Windows: { volume: suspended } })] }))
    expect(blockers(paused.issues)).toContain('bitlocker-shrink')
  })

  hardCase('HC-10', 'BitLocker and a gap: accepted, the volume untouched, the recovery key asked for', () => {
    const machine = buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })] })
    const outcome = planFor(machine)
    expect(kinds(outcome)).not.toContain('shrink-volume')
    const issue = ofId(outcome.issues, 'bitlocker-prompt-unlikely')
    expect(issue.severity).toBe('warning')
    expect(describeIssue(issue).message).toContain('0, 2, 4 and 11')
    const secure = planFor(
      buildMachine({
        disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })],
        secureBoot: { state: 'on', certificates: [], allowed: [] },
      }),
    )
    expect(ids(secure.issues)).toContain('bitlocker-prompt-likely')
  })

  hardCase('HC-11', 'BitLocker and two systems: Windows keeps its own entry, and goes by BootNext', () => {
    const machine = buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })] })
    const plan = expectPlan(planFor(machine, { defaultSystem: 'new' }))
    expect(stepIn(plan, 'create-boot-entry').path).toBe('/EFI/Linux/minimal-2026.11.1-x86_64.efi')
    const back = makeSwitchPlan(machineAfter(machine, plan), manifestOf(machine, plan), 'windows', hashText)
    expect(expectPlan(back).steps).toEqual([{ kind: 'set-boot-next', entry: 0 }])
  })

  hardCase('HC-12', 'a hibernated volume: not changed; Restart and powercfg are offered', () => {
    const hibernated = windowsDisk({ Windows: { volume: { hibernated: true } } })
    const outcome = planFor(buildMachine({ disks: [hibernated] }))
    expect(blockers(outcome.issues)).toContain('volume-hibernated')
    expect(describeIssue(ofId(outcome.issues, 'volume-hibernated')).remedy).toMatch(/Restart.*powercfg/)
    const gap = planFor(
      buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: { hibernated: true } } })] }),
    )
    expect(kinds(gap)).not.toContain('shrink-volume')
    expect(ids(planFor(buildMachine({ windows: { fastStartup: true } })).issues)).toContain('fast-startup')
    const dirty = planFor(buildMachine({ disks: [windowsDisk({ Windows: { volume: { dirty: true } } })] }))
    expect(blockers(dirty.issues)).toContain('volume-dirty')
  })

  hardCase('HC-15', 'Windows started in the BIOS way: refused', () => {
    const outcome = planFor(
      buildMachine({ firmware: { kind: 'bios', access: 'none', bootEntries: [], bootOrder: null } }),
    )
    expect(blockers(outcome.issues)).toEqual(['firmware-bios'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-bios')).message).toContain('UEFI mode')
  })

  hardCase('HC-16', 'the same plan whatever language Windows speaks', () => {
    const english = expectPlan(planFor(buildMachine()))
    for (const locale of ['de-DE', 'zh-CN', 'ja-JP']) {
      const machine = buildMachine({ running: { locale: locale as SafeText } })
      expect(expectPlan(planFor(machine))).toEqual(english)
    }
  })

  hardCase(
    'HC-17',
    'two entries called Windows Boot Manager: the one with the present partition and path',
    () => {
      const machine = buildMachine({
        firmware: {
          bootEntries: [
            bootEntry(0, { partition: partitionIdOf('gone'), target: 'partition-missing' }),
            bootEntry(3),
            bootEntry(4, { path: '\\EFI\\ubuntu\\shimx64.efi' as SafeText }),
          ],
          bootOrder: [4, 0, 3],
        },
      })
      const outcome = planFor(machine)
      expect(ofId(outcome.issues, 'windows-entries-several').facts['entry']).toBe(3)
      expect(ofId(outcome.issues, 'windows-entry-elsewhere').facts['entry']).toBe(4)
      const plan = expectPlan(outcome)
      const back = makeSwitchPlan(machineAfter(machine, plan), manifestOf(machine, plan), 'windows', hashText)
      expect(expectPlan(back).steps).toEqual([{ kind: 'set-boot-next', entry: 3 }])
    },
  )

  hardCase('HC-31', 'a clock on local time: accepted, nothing changed', () => {
    const outcome = planFor(buildMachine({ windows: { clockIsUtc: false } }))
    expect(ofId(outcome.issues, 'windows-clock-local').severity).toBe('note')
    expect(ids(planFor(buildMachine({ windows: { clockIsUtc: true } })).issues)).not.toContain(
      'windows-clock-local',
    )
  })
})
