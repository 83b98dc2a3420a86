import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineHealth } from '../check/health/examine-health.ts'
import { ownEntries } from '../check/health/own-entries.ts'
import { readAloud } from '../check/testing/every-finding.ts'
import type { Machine } from '../model/machine.ts'
import { planSchema, type Plan } from '../model/plan.ts'
import { describePlan } from './describe-plan.ts'
import { makeRepairPlan, type RepairSubject } from './make-repair-plan.ts'
import { makeUndoPlan } from './make-undo-plan.ts'
import { hashText } from './testing/hash-text.ts'
import { expectPlan } from './testing/plan-for.ts'
import {
  arbitraryHarm,
  before,
  harmed,
  made,
  manifest,
  releaseAtHand,
  repaired,
  unharmed,
  whole,
  type Harm,
} from './testing/stay-world.ts'

const outcomeFor = (machine: Machine, more: Partial<RepairSubject> = {}) =>
  makeRepairPlan({ machine, manifest, confirmedAs: 'present', release: releaseAtHand, ...more }, hashText)
const planOf = (machine: Machine, more: Partial<RepairSubject> = {}): Plan =>
  expectPlan(outcomeFor(machine, more))
const kinds = (plan: Plan) => plan.steps.map((step) => step.kind)
const health = (machine: Machine, confirmedAs: 'present' | 'new' | null = 'present') =>
  examineHealth({ machine, manifest, confirmedAs })?.findings.map(({ id }) => id) ?? []
const blockers = (machine: Machine, more: Partial<RepairSubject> = {}) =>
  outcomeFor(machine, more)
    .issues.filter(({ severity }) => severity === 'blocker')
    .map(({ id }) => id)
const mine = made.entry.entry

describe('repair', () => {
  it('finds nothing and does nothing when everything is as it was made', () => {
    expect(health(whole)).toEqual([])
    expect(planOf(whole).steps).toEqual([])
  })

  it.each<[string, Partial<Harm>, readonly string[], readonly string[]]>([
    ['an entry that is gone', { entry: 'gone' }, ['berth-entry-missing'], ['create-boot-entry']],
    [
      'an entry and its place that are gone',
      { entry: 'gone', order: [4, 0] },
      ['berth-entry-missing'],
      ['create-boot-entry', 'set-boot-order'],
    ],
    ['an entry switched off', { entry: 'off' }, ['berth-entry-inactive'], ['replace-boot-entry']],
    ['a copy of the entry', { copies: [9] }, ['berth-entry-doubled'], ['replace-boot-entry']],
    ['a reverted order', { order: [4, 0] }, ['berth-order-reverted'], ['set-boot-order']],
    ['no order at all', { order: null }, ['berth-order-reverted'], ['set-boot-order']],
    ['a lost file', { lost: [true] }, ['berth-file-missing'], ['restore-files']],
    ['a changed file', { changed: [true] }, ['berth-file-changed'], ['restore-files']],
    ['a lost record', { record: 'gone' }, ['berth-record-missing'], ['restore-files']],
    ['a spoilt record', { record: 'spoilt' }, ['berth-record-missing'], ['restore-files']],
    ['an entry under another number', { entry: 'moved', order: [4, 0, 7] }, [], []],
    ['an entry of somebody else beside ours', { foreign: true }, ['berth-entry-foreign'], []],
    [
      "somebody else's entry instead of ours",
      { foreign: true, entry: 'gone', order: [4, 0] },
      ['berth-entry-foreign'],
      [],
    ],
    ['another default', { order: [0, 4, mine] }, ['default-start-changed'], []],
  ])('%s', (_, harm, found, steps) => {
    const machine = harmed({ ...unharmed, ...harm })
    expect(health(machine)).toEqual(found)
    expect(kinds(planOf(machine))).toEqual(steps)
  })

  it('HC-30 makes exactly one entry, with the very bytes, under the number it had or the lowest free one', () => {
    const gone = planOf(harmed({ ...unharmed, entry: 'gone' }))
    expect(gone.steps).toEqual([made.entry])
    const taken = planOf(harmed({ ...unharmed, entry: 'taken', order: [4, 0, mine] }))
    expect(taken.steps).toEqual([
      { ...made.entry, entry: 2 },
      { kind: 'set-boot-order', entry: 2, before: [4, 0, mine], after: [4, 0, mine, 2] },
    ])
  })

  it('HC-21 puts the entry last, and first only when that was chosen', () => {
    const reverted = harmed({ ...unharmed, order: [4, 0] })
    expect(planOf(reverted).steps).toMatchObject([{ after: [4, 0, mine] }])
    expect(planOf(reverted, { confirmedAs: 'new' }).steps).toMatchObject([{ after: [mine, 4, 0] }])
    expect(planOf(reverted, { confirmedAs: null }).steps).toMatchObject([{ after: [4, 0, mine] }])
    expect(health(whole, 'new')).toEqual(['berth-not-first'])
    expect(planOf(whole, { confirmedAs: 'new' }).steps).toMatchObject([
      { kind: 'set-boot-order', before: [4, 0, mine], after: [mine, 4, 0] },
    ])
  })

  it('leaves an open trial open: no place in the order, its mark set again when the firmware forgot it', () => {
    const berth = { ...whole.berth, state: 'trial', started: false, armed: true } as Machine['berth']
    const open = { ...harmed({ ...unharmed, entry: 'gone', order: [4, 0] }), berth }
    const unconfirmed = { confirmedAs: null } as const
    expect(kinds(planOf(open, unconfirmed))).toEqual(['create-boot-entry'])
    expect(health(open, null)).toEqual(['berth-entry-missing'])
    const forgotten = { ...open, berth: { ...berth, armed: false } as Machine['berth'] }
    expect(planOf(forgotten, unconfirmed).steps).toEqual([made.entry, { ...made.trial, entry: mine }])
    const waiting = { ...whole, berth: { ...berth, started: true } as Machine['berth'] }
    expect(health(waiting, null)).toEqual(['berth-trial-waiting'])
  })

  it('writes files from the very release only, and says which one it needs', () => {
    const machine = harmed({ ...unharmed, lost: [true] })
    expect(blockers(machine, { release: null })).toEqual(['repair-needs-release'])
    const other = { ...releaseAtHand, sha256: '00'.repeat(32) }
    expect(blockers(machine, { release: other })).toEqual(['repair-needs-release'])
    expect(blockers(harmed({ ...unharmed, entry: 'gone' }), { release: null })).toEqual([])
  })

  it('is refused where nothing is known, where the partition is gone, and where the firmware takes no writes', () => {
    expect(blockers(whole, { manifest: null })).toEqual(['nothing-installed'])
    expect(blockers({ ...whole, bootVolumes: before.bootVolumes })).toEqual(['berth-partition-missing'])
    const gone = harmed({ ...unharmed, entry: 'gone' })
    const readOnly = { ...gone, firmware: { ...gone.firmware, access: 'read-only' as const } }
    expect(blockers(readOnly)).toEqual(['firmware-read-only'])
    const other = { ...whole, berth: { ...whole.berth, nonce: '00'.repeat(16) } } as Machine
    expect(blockers(other)).toEqual(['manifest-other-install'])
  })

  it('says what changed around it, and leaves that', () => {
    const fallback = { path: '/EFI/Boot/bootx64.efi', sha256: 'ab'.repeat(32) }
    const [esp] = before.bootVolumes
    if (esp === undefined) throw new Error('no ESP')
    const known = {
      ...manifest,
      before: { ...manifest.before, fallbacks: [{ ...fallback, partition: esp.partition }] },
    }
    const found = examineHealth({ machine: whole, manifest: known, confirmedAs: 'present' })
    expect(found?.findings.map(({ id }) => id)).toEqual(['fallback-loader-changed'])
    expect(readAloud(found?.findings ?? [])[0]).toContain(fallback.path)
    const noWindows = {
      ...whole,
      firmware: {
        ...whole.firmware,
        bootEntries: whole.firmware.bootEntries.filter(({ number }) => number !== 0),
      },
    }
    expect(health(noWindows)).toEqual(['windows-entry-missing'])
    expect(planOf(noWindows).steps).toEqual([])
  })

  it('says what is done, what is lost and what stays', () => {
    const machine = harmed({ ...unharmed, copies: [9], changed: [true], order: [4, 0, 9] })
    for (const locale of ['en', 'de'] as const) {
      const text = describePlan(planOf(machine), machine, locale)
        .flatMap(({ heading, lines }) => [heading, ...lines])
        .join('\n')
      expect(text).not.toMatch(/undefined|plan\.|\{|\?/)
      expect(text).toContain(made.files.files[0]?.path ?? 'no file')
      expect(text).toContain('Boot0009')
      expect(text).toContain(locale === 'en' ? 'Until step 3 is proven' : 'Bis Schritt 3 bewiesen ist')
    }
  })
})

describe('repair, whatever happened', () => {
  const cases = { numRuns: 500, seed: 20261128 }
  const every = (prove: (machine: Machine, plan: Plan, harm: Harm) => void) =>
    fc.assert(
      fc.property(arbitraryHarm, (harm) => {
        const machine = harmed(harm)
        prove(machine, planOf(machine), harm)
      }),
      cases,
    )

  it('follows the schema, is the same each time, and is bound to what was found', () => {
    const prints = new Set<string>()
    every((machine, plan) => {
      expect(planSchema.safeParse(plan).error?.message).toBeUndefined()
      expect(planOf(machine)).toEqual(plan)
      readAloud(plan.issues)
      prints.add(plan.fingerprint)
    })
    expect(prints.size).toBeGreaterThan(cases.numRuns / 3)
  })

  it('leaves exactly one entry that works, everything else as it is, and nothing to repair', () => {
    every((machine, plan) => {
      const now = repaired(machine, plan)
      const { kept, spare, foreign } = ownEntries(now, made.entry)
      expect(spare).toEqual([])
      expect(kept?.active ?? foreign.length > 0).toBe(true)
      const { entry } = made
      const others = (one: Machine) =>
        one.firmware.bootEntries
          .filter(
            ({ data, number, path }) =>
              data !== entry.data && !(number === entry.entry && path === kept?.path),
          )
          .map(({ number, data }) => `${number} ${data}`)
          .sort()
      expect(others(now)).toEqual(others(machine))
      const own = new Set(plan.steps.flatMap((step) => ('entry' in step ? [step.entry] : [])))
      const rest = ({ firmware }: Machine) => (firmware.bootOrder ?? []).filter((number) => !own.has(number))
      const presentAdded = machine.firmware.bootOrder === null && rest(now).length > 0
      expect(presentAdded ? [] : rest(now)).toEqual(rest(machine))
      expect(planOf(now).steps).toEqual([])
    })
  })

  it('touches only what the record names', () => {
    const paths = new Set([...made.files.files, ...made.files.markers].map(({ path }) => path))
    every((machine, plan) => {
      for (const step of plan.steps) {
        if (step.kind === 'restore-files') {
          expect(step.target).toEqual(made.files.target)
          for (const { path } of [...step.files, ...step.markers]) expect(paths.has(path)).toBe(true)
        }
        if (step.kind !== 'replace-boot-entry') continue
        const there = machine.firmware.bootEntries.find(({ number }) => number === step.entry)
        expect(there?.data).toBe(step.before)
        expect(there?.partition).toBe(made.entry.partition)
      }
    })
  })

  it('can still be undone to the very state before', () => {
    every((machine, plan) => {
      const now = repaired(machine, plan)
      const undo = expectPlan(makeUndoPlan(now, manifest, hashText))
      const gone = new Set(
        undo.steps.flatMap((step) => (step.kind === 'remove-boot-entry' ? [step.entry] : [])),
      )
      const left = now.firmware.bootEntries.filter(({ number }) => !gone.has(number))
      expect(left.filter(({ data }) => data === made.entry.data)).toEqual([])
      expect(before.firmware.bootEntries.every((entry) => left.includes(entry))).toBe(true)
      expect(undo.after).toEqual(manifest.plan.before)
    })
  })
})
