import fc from 'fast-check'
import { bytes } from '../../base/bytes.ts'
import { buildMachine, bootEntry } from '../../check/testing/machine-builder.ts'
import { canonicalJson } from '../../base/json.ts'
import type { BootEntry, BootVolume, Machine } from '../../model/machine.ts'
import { manifestPath, type OwnershipManifest } from '../../model/manifest.ts'
import type { Plan, PlannedStep } from '../../model/plan.ts'
import type { SafeText } from '../../model/primitives.ts'
import { playBoot } from '../destroys.ts'
import { machineAfter } from './machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from './plan-for.ts'

/** A PC before an installation, its record, and the PC afterwards, confirmed and whole. */
export const before = buildMachine({
  firmware: {
    bootEntries: [
      bootEntry(0),
      bootEntry(4, { description: 'Tool' as SafeText, path: '\\EFI\\tool.efi' as SafeText }),
    ],
    bootOrder: [4, 0],
  },
})
const installPlan = expectPlan(planFor(before))
export const manifest: OwnershipManifest = manifestOf(before, installPlan)
export const made = {
  entry: stepIn(installPlan, 'create-boot-entry'),
  files: stepIn(installPlan, 'write-files'),
  trial: stepIn(installPlan, 'arm-trial'),
}
export const releaseAtHand = { id: installPlan.release, sha256: installPlan.releaseSha256 }

export const ownVolume: BootVolume = {
  partition: made.files.target.partition,
  files: [
    ...made.files.files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    ...made.files.markers.map(({ path, data }) => ({ path, size: bytes(data.length / 2), sha256: null })),
    { path: manifestPath, size: bytes(100), sha256: null },
  ],
  incomplete: false,
  manifest: canonicalJson(manifest),
}
const trial = machineAfter(before, installPlan)
export const whole: Machine = {
  ...trial,
  bootVolumes: [...before.bootVolumes, ownVolume],
  firmware: { ...trial.firmware, bootOrder: [4, 0, made.entry.entry] },
  berth: {
    ...(trial.berth as Extract<Machine['berth'], { entry: unknown }>),
    state: 'installed',
    armed: false,
  },
}

/** What may happen to a PC behind Berth's back. */
export interface Harm {
  readonly entry: 'kept' | 'gone' | 'moved' | 'off' | 'taken'
  readonly copies: readonly number[]
  readonly foreign: boolean
  readonly order: readonly number[] | null
  readonly lost: readonly boolean[]
  readonly changed: readonly boolean[]
  readonly record: 'kept' | 'gone' | 'spoilt'
}

export const unharmed: Harm = {
  entry: 'kept',
  copies: [],
  foreign: false,
  order: [4, 0, made.entry.entry],
  lost: [],
  changed: [],
  record: 'kept',
}

const numbers = [0, made.entry.entry, 4, 7, 9, 12]

export const arbitraryHarm: fc.Arbitrary<Harm> = fc.record({
  entry: fc.constantFrom('kept', 'gone', 'moved', 'off', 'taken'),
  copies: fc.uniqueArray(fc.constantFrom(9, 12), { maxLength: 2 }),
  foreign: fc.boolean(),
  order: fc.option(fc.uniqueArray(fc.constantFrom(...numbers), { maxLength: 6 }), { nil: null }),
  lost: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  changed: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  record: fc.constantFrom('kept', 'gone', 'spoilt'),
})

/** The whole PC, harmed. The marks in the firmware are as the probe tells them. */
export function harmed(harm: Harm): Machine {
  const bootEntries = [...before.firmware.bootEntries, ...entriesAfter(harm)]
  return {
    ...whole,
    firmware: { ...whole.firmware, bootEntries, bootOrder: harm.order },
    bootVolumes: [...before.bootVolumes, volumeAfter(harm)],
    berth: harm.record === 'gone' ? { state: 'absent' } : whole.berth,
  }
}

function own(number: number, more: Partial<BootEntry> = {}): BootEntry {
  const { description, partition, path, data } = made.entry
  return bootEntry(number, {
    description: description as SafeText,
    partition,
    path: path.replaceAll('/', '\\') as SafeText,
    data,
    ...more,
  })
}

function entriesAfter({ entry, copies, foreign }: Harm): readonly BootEntry[] {
  const { entry: number } = made.entry
  const kinds = {
    kept: [own(number)],
    gone: [],
    moved: [own(7)],
    off: [own(number, { active: false, data: `00${made.entry.data.slice(2)}` })],
    taken: [bootEntry(number, { description: 'Stick' as SafeText, path: '\\EFI\\stick.efi' as SafeText })],
  }
  return [
    ...kinds[entry],
    ...copies.map((copy) => own(copy)),
    ...(foreign ? [own(20, { data: `${made.entry.data}ff`, description: 'By hand' as SafeText })] : []),
  ]
}

function volumeAfter({ lost, changed, record }: Harm): BootVolume {
  const paths = [...made.files.files, ...made.files.markers].map(({ path }) => path)
  const at = (list: readonly boolean[], path: string) => list[paths.indexOf(path)] === true
  return {
    ...ownVolume,
    files: ownVolume.files
      .filter(({ path }) => !at(lost, path) && (path !== manifestPath || record !== 'gone'))
      .map((file) => (at(changed, file.path) ? { ...file, size: bytes(file.size + 1) } : file)),
    manifest: record === 'kept' ? ownVolume.manifest : record === 'gone' ? null : '{"schema":',
  }
}

/** The PC as a run of the plan leaves it. */
export function repaired(machine: Machine, plan: Plan): Machine {
  const { bootOrder, bootNext, bootEntries } = machine.firmware
  const state = { order: bootOrder, next: bootNext, entries: bootEntries.map(({ number }) => number) }
  const played = playBoot(state, plan.steps)
  const files = plan.steps.find((step) => step.kind === 'restore-files')
  return {
    ...machine,
    berth: whole.berth,
    bootVolumes: files === undefined ? machine.bootVolumes : [...before.bootVolumes, ownVolume],
    firmware: {
      ...machine.firmware,
      bootOrder: played.order,
      bootNext: played.next,
      bootEntries: plan.steps.reduce(playEntry, bootEntries),
    },
  }
}

function playEntry(entries: readonly BootEntry[], step: PlannedStep): readonly BootEntry[] {
  if (step.kind === 'create-boot-entry') return [...entries, own(step.entry, { data: step.data })]
  if (step.kind !== 'replace-boot-entry') return entries
  const rest = entries.filter(({ number }) => number !== step.entry)
  return step.after === null ? rest : [...rest, own(step.entry, { data: step.after })]
}
