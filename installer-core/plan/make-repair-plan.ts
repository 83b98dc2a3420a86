import { bytes } from '../base/bytes.ts'
import {
  belongsInOrder,
  examineHealth,
  type Health,
  type HealthSubject,
} from '../check/health/examine-health.ts'
import { finding, weighed, type Finding } from '../check/finding.ts'
import type { Machine } from '../model/machine.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { Plan, PlannedStep } from '../model/plan.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { lowestFreeBootNumber } from './boot-number.ts'
import { laterPlan, nothingInstalled, refused } from './later-plan.ts'
import { orderWith } from './order-with.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/** The release that lies at hand: files can be written anew only from the very one that was installed. */
export interface ReleaseAtHand {
  readonly id: ReleaseId
  /** SHA-256 of the bytes of `release.json`. */
  readonly sha256: string
}

/** What a plan needs to know of a release that was opened. */
export function releaseAtHand(
  release: { readonly manifest: { readonly id: ReleaseId }; readonly sha256: string } | null,
): ReleaseAtHand | null {
  return release === null ? null : { id: release.manifest.id, sha256: release.sha256 }
}

export interface RepairSubject extends Omit<HealthSubject, 'manifest'> {
  readonly manifest: OwnershipManifest | null
  readonly release: ReleaseAtHand | null
}

/** Findings that a repair puts right; of all others the plan only speaks. */
const mended: readonly string[] = [
  'berth-entry-missing',
  'berth-entry-inactive',
  'berth-entry-doubled',
  'berth-order-reverted',
  'berth-not-first',
  'berth-file-missing',
  'berth-file-changed',
  'berth-record-missing',
  'berth-trial-unarmed',
]

/**
 * Brings an installation back to what its own record says: files first, then exactly one entry, then its place in
 * BootOrder, then the trial where it was still open. Touches nothing that is not Berth's by that record. No steps when
 * everything is as it was made. Deterministic.
 */
export function makeRepairPlan(subject: RepairSubject, sha256: HashText): PlanOutcome {
  const { machine, manifest } = subject
  const health = manifest === null ? null : examineHealth({ ...subject, manifest })
  if (manifest === null || health === null) return refused(nothingInstalled)
  const steps = repairSteps(machine, health)
  const blockers = blockersFor(subject, manifest, health, steps)
  const findings = health.findings.filter((one) => one.id !== 'berth-partition-missing')
  if (blockers.length > 0) return refused(...blockers, ...findings)
  const told = findings.map((one) => (mended.includes(one.id) ? weighed(one, 'note') : one))
  // What was replaced is let go of once the last step was proven.
  const replaces = (health.damage?.replaced.size ?? 0) > 0
  const pointOfNoReturn = replaces ? steps.length - 1 : null
  return laterPlan({ goal: 'repair', machine, manifest, steps, findings: told, pointOfNoReturn }, sha256)
}

/** Whether a repair writes files of the release anew: else none of them has to be there. */
export function writesFiles({ steps }: Pick<Plan, 'steps'>): boolean {
  return steps.some((step) => step.kind === 'restore-files' && step.files.length > 0)
}

function blockersFor(
  { machine, release }: RepairSubject,
  { plan }: OwnershipManifest,
  { damage, made }: Health,
  steps: readonly PlannedStep[],
): readonly Finding[] {
  const where = made.files.target.partition
  const { berth, firmware } = machine
  if (berth.state !== 'absent' && berth.nonce !== '' && berth.nonce !== made.trial.nonce)
    return [finding('manifest-other-install', 'blocker', { where })]
  if (damage === null) return [finding('berth-partition-missing', 'blocker', { where })]
  const isAtHand = release?.id === plan.release && release.sha256 === plan.releaseSha256
  const found: Finding[] = []
  if (damage.files.length > 0 && !isAtHand) {
    const facts = { release: plan.release, sha256: plan.releaseSha256 }
    found.push(
      finding('repair-needs-release', 'blocker', {
        required: plan.release,
        found: release === null ? 'none' : `${release.id} (${release.sha256.slice(0, 12)})`,
        where,
        facts,
      }),
    )
  }
  if (firmware.access !== 'read-write' && steps.some((step) => step.kind !== 'restore-files'))
    found.push(finding(firmware.access === 'none' ? 'firmware-access-none' : 'firmware-read-only', 'blocker'))
  return found
}

function repairSteps(machine: Machine, health: Health): readonly PlannedStep[] {
  const entry = entrySteps(machine, health)
  return [
    ...fileSteps(health),
    ...entry.steps,
    ...orderSteps(machine, health, entry.number),
    ...trialSteps(machine, health, entry.number),
  ]
}

function fileSteps({ damage, made }: Health): readonly PlannedStep[] {
  if (damage === null) return []
  const { files, markers, manifest } = damage
  if (files.length + markers.length === 0 && !manifest) return []
  const total = files.reduce((sum, file) => sum + file.size, 0)
  return [
    {
      kind: 'restore-files',
      target: made.files.target,
      release: made.files.release,
      files,
      markers,
      manifest,
      totalBytes: bytes(markers.reduce((sum, marker) => sum + marker.data.length / 2, total)),
    },
  ]
}

/** Exactly one entry of Berth's, and the number it has then. One of somebody else's that does as well needs no second. */
function entrySteps(
  machine: Machine,
  { made, entries, working }: Health,
): { readonly steps: readonly PlannedStep[]; readonly number: number } {
  const { kept, spare } = entries
  const drops = spare.map(({ number, data }): PlannedStep => {
    return { kind: 'replace-boot-entry', entry: number, before: data, after: null }
  })
  if (kept !== null && !kept.active) {
    const { number, data } = kept
    const woken: PlannedStep = {
      kind: 'replace-boot-entry',
      entry: number,
      before: data,
      after: made.entry.data,
    }
    return { steps: [woken, ...drops], number }
  }
  if (working !== null) return { steps: drops, number: working.number }
  const number = freeNumber(machine, made.entry.entry)
  return { steps: [{ ...made.entry, entry: number }], number }
}

/** The number that the entry had, when nothing has it now: the order may still speak of it. Else the lowest free one. */
function freeNumber(machine: Machine, former: number): number {
  const { bootEntries, unreadableEntries } = machine.firmware
  const taken = [...bootEntries, ...unreadableEntries].some((entry) => entry.number === former)
  return taken ? lowestFreeBootNumber(machine) : former
}

/** The order without spare entries, and with Berth's own where it belongs. One of somebody else's is not put into it. */
function orderSteps(machine: Machine, health: Health, entry: number): readonly PlannedStep[] {
  const { entries, first, working } = health
  const before = machine.firmware.bootOrder
  const spare = entries.spare.map(({ number }) => number)
  const rest = before?.filter((number) => !spare.includes(number)) ?? null
  const isOwn = entries.kept !== null || working === null
  const isPlaced = rest?.includes(entry) === true && (!first || rest[0] === entry)
  const after =
    isOwn && belongsInOrder(health) && !isPlaced
      ? orderWith(withOrder(machine, rest), entry, first ? 'new' : 'present')
      : rest
  if (after === null || after.join() === before?.join()) return []
  return [{ kind: 'set-boot-order', entry, before: before === null ? null : [...before], after: [...after] }]
}

function withOrder(machine: Machine, bootOrder: readonly number[] | null): Machine {
  return { ...machine, firmware: { ...machine.firmware, bootOrder } }
}

/** A trial that waits for its start, but lost its mark, is armed anew. */
function trialSteps({ berth }: Machine, { confirmed, made }: Health, entry: number): readonly PlannedStep[] {
  if (confirmed || berth.state === 'absent' || berth.started || berth.armed) return []
  return [{ ...made.trial, entry }]
}
