import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../base/bytes.ts'
import { buildMachine, partitionIdOf, windowsDisk } from '../check/testing/machine-builder.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'
import type { SafeText } from '../model/primitives.ts'
import { describePlan } from './describe-plan.ts'
import { makeConfirmPlan } from './make-confirm-plan.ts'
import { makeSwitchPlan } from './make-switch-plan.ts'
import { makeUndoPlan } from './make-undo-plan.ts'
import { planDifference } from './plan-difference.ts'
import { hashText } from './testing/hash-text.ts'
import { machineAfter } from './testing/machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from './testing/plan-for.ts'

const machine = buildMachine()
const plan = expectPlan(planFor(machine))
const manifest = manifestOf(machine, plan)
const after = machineAfter(machine, plan)
const blockers = (outcome: { readonly issues: readonly { id: string; severity: string }[] }) =>
  outcome.issues.filter((issue) => issue.severity === 'blocker').map((issue) => issue.id)
const withFirmware = (change: Partial<Machine['firmware']>): Machine => ({
  ...after,
  firmware: { ...after.firmware, ...change },
})

describe('confirm', () => {
  it('appends to the order; first only when chosen', () => {
    const present = expectPlan(makeConfirmPlan(after, manifest, 'present', hashText))
    expect(stepIn(present, 'confirm-trial')).toMatchObject({ entry: 1, orderBefore: [0], orderAfter: [0, 1] })
    expect(present.lost).toEqual([])
    const first = expectPlan(makeConfirmPlan(after, manifest, 'new', hashText))
    expect(stepIn(first, 'confirm-trial').orderAfter).toEqual([1, 0])
    expect(first.lost.map((loss) => loss.what)).toEqual(['boot-order'])
    expect(first.fingerprint).not.toBe(present.fingerprint)
  })

  it('is refused before the new system has shown itself, and for another installation', () => {
    const silent = machineAfter(machine, plan, false)
    expect(blockers(makeConfirmPlan(silent, manifest, 'present', hashText))).toEqual(['trial-unconfirmed'])
    const other = { ...after, berth: { ...after.berth, nonce: '00'.repeat(16) } } as Machine
    expect(blockers(makeConfirmPlan(other, manifest, 'present', hashText))).toEqual([
      'manifest-other-install',
    ])
    expect(blockers(makeConfirmPlan(machine, null, 'present', hashText))).toEqual(['nothing-installed'])
  })

  it('has nothing to do when the order is already so, and makes one that keeps Windows first when there is none', () => {
    const listed = withFirmware({ bootOrder: [0, 1] })
    // Listed for the trial only: the trial is to end all the same.
    expect(expectPlan(makeConfirmPlan(listed, manifest, 'present', hashText)).steps).toHaveLength(1)
    const over = { ...listed, berth: { ...listed.berth, armed: false } as Machine['berth'] }
    expect(expectPlan(makeConfirmPlan(over, manifest, 'present', hashText)).steps).toEqual([])
    const absent = expectPlan(
      makeConfirmPlan(withFirmware({ bootOrder: null }), manifest, 'present', hashText),
    )
    expect(stepIn(absent, 'confirm-trial')).toMatchObject({ orderBefore: null, orderAfter: [0, 1] })
  })
})

describe('switch', () => {
  it('sets BootNext both ways, and nothing twice', () => {
    for (const [target, entry] of [
      ['windows', 0],
      ['berth', 1],
    ] as const) {
      const made = expectPlan(makeSwitchPlan(after, manifest, target, hashText))
      expect(made.steps).toEqual([{ kind: 'set-boot-next', entry }])
      expect(
        expectPlan(makeSwitchPlan(withFirmware({ bootNext: entry }), manifest, target, hashText)).steps,
      ).toEqual([])
    }
  })

  it('takes a choice of its own back, and no other', () => {
    const back = (now: Machine) => makeSwitchPlan(now, manifest, 'none', hashText)
    for (const entry of [0, 1])
      expect(expectPlan(back(withFirmware({ bootNext: entry }))).steps).toEqual([
        { kind: 'clear-boot-next', entry },
      ])
    expect(expectPlan(back(after)).steps).toEqual([])
    expect(blockers(back(withFirmware({ bootNext: 9 })))).toEqual(['boot-next-foreign'])
  })

  it('is refused when there is nothing to switch to', () => {
    const noWindows = withFirmware({ bootEntries: [] })
    expect(blockers(makeSwitchPlan(noWindows, manifest, 'windows', hashText))).toEqual(['system-not-found'])
    expect(blockers(makeSwitchPlan(machine, manifest, 'berth', hashText))).toEqual(['nothing-installed'])
    expect(blockers(makeSwitchPlan(after, null, 'windows', hashText))).toEqual(['nothing-installed'])
  })
})

describe('undo', () => {
  const undoOf = (now: Machine): Plan => expectPlan(makeUndoPlan(now, manifest, hashText))
  const left = (made: Plan) =>
    made.issues.filter((issue) => issue.id === 'undo-leaves').map((issue) => issue.where)
  const made = stepIn(plan, 'create-partition')

  it('takes back the last step first, down to the very picture before', () => {
    const undo = undoOf(after)
    expect(undo.steps.map((step) => step.kind)).toEqual([
      'disarm-trial',
      'restore-boot-order',
      'remove-boot-entry',
      'remove-files',
      'remove-partition',
      'grow-volume',
    ])
    expect(undo.steps.map((step) => ('of' in step ? step.of : null))).toEqual([5, 5, 4, 3, 1, 0])
    expect(undo.pointOfNoReturn).toBe(3)
    expect(undo.after).toEqual(plan.before)
  })

  it('needs no step for what is gone, and leaves what somebody changed', () => {
    const gone = {
      ...after,
      disks: machine.disks.map((disk) => ({
        ...disk,
        partitions: disk.partitions.filter((one) => one.id !== partitionIdOf('Windows')),
      })),
    }
    expect(undoOf(gone).steps.map((step) => step.kind)).toEqual([
      'disarm-trial',
      'restore-boot-order',
      'remove-boot-entry',
    ])
    const grown = {
      ...after,
      disks: after.disks.map((disk) => ({
        ...disk,
        partitions: disk.partitions.map((one) =>
          one.id === made.partition ? { ...one, size: bytes(one.size - MiB) } : one,
        ),
      })),
    }
    const undo = undoOf(grown)
    expect(undo.steps.map((step) => step.kind)).not.toContain('remove-partition')
    expect(undo.steps.map((step) => step.kind)).not.toContain('grow-volume')
    expect(left(undo)).toEqual(expect.arrayContaining([made.partition, partitionIdOf('Windows')]))
  })

  it('says that Windows will check its volume, and leaves a partition that somebody put files on', () => {
    const ids = (of: Plan) => of.issues.map((issue) => issue.id)
    expect(ids(undoOf(after))).toContain('volume-check-follows')
    expect(ids(plan)).toContain('volume-check-follows')
    const onWindows = { ...after, source: { ...after.source, kind: 'windows' as const } }
    expect(ids(undoOf(onWindows))).not.toContain('volume-check-follows')
    const files = (...paths: readonly string[]): Machine => ({
      ...after,
      bootVolumes: [
        {
          partition: made.partition,
          files: paths.map((path) => ({ path, size: bytes(1), sha256: null })),
          incomplete: false,
          manifest: null,
        },
      ],
    })
    const own = stepIn(plan, 'write-files').files.map((file) => file.path)
    const litter = ['/System Volume Information/x', '/loader/random-seed', '/loader/berth/manifest.json']
    expect(left(undoOf(files(...own, ...litter)))).toEqual([])
    const undo = undoOf(files(...own, '/Holiday.jpg'))
    expect(left(undo)).toEqual(expect.arrayContaining([made.partition, partitionIdOf('Windows')]))
    const kinds = undo.steps.map((step) => step.kind)
    expect(kinds).toContain('remove-files')
    expect(kinds).not.toContain('remove-partition')
    expect(kinds).not.toContain('grow-volume')
    const told = undo.issues.find((issue) => issue.where === made.partition)
    expect(told?.facts['reason']).toContain('/Holiday.jpg')
  })

  it('leaves an entry under its number that starts something else, and the order that others made', () => {
    const [windows, own] = after.firmware.bootEntries
    if (windows === undefined || own === undefined) throw new Error('two entries')
    const foreign = { ...own, data: '00', path: '\\other.efi' as SafeText }
    const undo = undoOf(withFirmware({ bootEntries: [windows, foreign], bootOrder: [9, 0, 1] }))
    expect(undo.steps.map((step) => step.kind)).not.toContain('remove-boot-entry')
    expect(left(undo)).toEqual(['Boot0001'])
    expect(stepIn(undo, 'restore-boot-order').order).toEqual([9, 0])
  })

  it('says that a data partition goes for good', () => {
    const data = {
      typeGuid: '4d21b016-b534-45c2-a9fb-5c16e091fd2d',
      minimum: bytes(GiB),
      recommended: bytes(2 * GiB),
    }
    const wanted = {
      needs: {
        bootSpace: bytes(32 * MiB),
        reserve: bytes(64 * MiB),
        memory: { required: bytes(1), recommended: bytes(1) },
        firmware: ['uefi64' as const],
        data,
      },
    }
    const large = buildMachine({
      disks: [windowsDisk({ ESP: { size: 512 * MiB, volume: { free: bytes(400 * MiB) } } })],
    })
    const both = expectPlan(planFor(large, {}, wanted))
    expect(both.steps.map((step) => step.kind)).toEqual([
      'shrink-volume',
      'create-partition',
      'write-files',
      'create-boot-entry',
      'arm-trial',
    ])
    expect(stepIn(both, 'create-partition')).toMatchObject({
      role: 'data',
      size: 2 * GiB,
      typeGuid: data.typeGuid,
    })
    const undo = expectPlan(makeUndoPlan(machineAfter(large, both), manifestOf(large, both), hashText))
    expect(undo.issues.map((issue) => issue.id)).toContain('undo-data-lost')
    expect(undo.lost.map((loss) => [loss.what, loss.restorable])).toContainEqual(['partition', false])
  })
})

describe('the text of a plan', () => {
  it('says what is done, to what, what is lost, and how to come back', () => {
    const sections = describePlan(plan, machine)
    expect(sections.map((section) => section.kind)).toEqual([
      'title',
      'steps',
      'disk',
      'lost',
      'untouched',
      'back',
      'effort',
    ])
    const words = sections.flatMap((section) => [section.heading, ...section.lines]).join('\n')
    expect(words).toContain('Make Windows smaller, from 50 GiB to 46 GiB.')
    expect(words).toContain('Make a boot partition of 4 GiB (type XBOOTLDR) in slot 5.')
    expect(words).toContain('Choose Boot0001 for the next start, and for that one only.')
    expect(words).toMatch(/3 {2}Windows or data +Windows +46 GiB {2}was 50 GiB/)
    expect(words).toContain(plan.fingerprint)
    expect(words).not.toContain('?')
    const undo = expectPlan(makeUndoPlan(after, manifest, hashText))
    const back = describePlan(undo, after)
      .flatMap((section) => section.lines)
      .join('\n')
    expect(back).toContain('removed')
    expect(back).not.toContain('?')
  })
})

describe('a PC that changed', () => {
  it('is shown by what differs, and only by what a plan relies on', () => {
    expect(planDifference(machine, { ...machine, power: { source: 'battery', percent: 40 } })).toEqual([])
    const smaller = buildMachine({
      disks: machine.disks.map((disk) => ({
        ...disk,
        tableDigest: '00'.repeat(32),
        partitions: disk.partitions.slice(0, 3),
      })),
      firmware: { bootNext: 7 },
    })
    const paths = planDifference(machine, smaller).map((difference) => difference.path)
    expect(paths).toContain('firmware/bootNext')
    expect(paths.some((path) => path.endsWith(partitionIdOf('Recovery')))).toBe(true)
    expect(paths.some((path) => path.endsWith('tableDigest'))).toBe(true)
  })

  it('gives another fingerprint when the choices, the release or the facts differ', () => {
    const prints = [
      plan,
      expectPlan(planFor(machine, { defaultSystem: 'new' })),
      expectPlan(planFor(machine, {}, { name: 'Another' })),
      expectPlan(planFor(buildMachine({ firmware: { bootNext: 0 } }))),
    ].map((one) => one.fingerprint)
    expect(new Set(prints).size).toBe(4)
  })
})
