import type { Choices } from '../../model/choices.ts'
import type { BootEntry, Machine } from '../../model/machine.ts'
import { stepOf, type OwnershipManifest } from '../../model/manifest.ts'
import type { StepOf } from '../../model/plan.ts'
import { entryName } from '../../text/template.ts'
import { findFailedStart } from '../../probe/failed-start.ts'
import { finding, sortedFindings, type Finding } from '../finding.ts'
import { findPlace } from '../locate.ts'
import { fileDamage, type FileDamage } from './file-health.ts'
import { ownEntries, type OwnEntries } from './own-entries.ts'
import { checkSurroundings } from './surroundings.ts'

/** An installation, and the PC as it is now. */
export interface HealthSubject {
  readonly machine: Machine
  readonly manifest: OwnershipManifest
  /** Which system was to start by default when this installation was confirmed; null when no journal knows of it. */
  readonly confirmedAs: Choices['defaultSystem'] | null
}

/** The steps of the installation that health is about. */
export interface MadeSteps {
  readonly entry: StepOf<'create-boot-entry'>
  readonly files: StepOf<'write-files'>
  readonly trial: StepOf<'arm-trial'>
}

/** What of an installation is as it was made, and what is not. */
export interface Health {
  /** Heaviest first. Of weight warning: somebody should do something. */
  readonly findings: readonly Finding[]
  readonly made: MadeSteps
  readonly entries: OwnEntries
  /** The entry that starts the system now: Berth's, or somebody else's that does as well; null when none does. */
  readonly working: BootEntry | null
  /** Null when the boot volume is gone or cannot be read: then nothing can be repaired. */
  readonly damage: FileDamage | null
  /** The trial was taken over: the entry belongs into BootOrder. */
  readonly confirmed: boolean
  /** And it belongs before all others, because that was chosen. */
  readonly first: boolean
}

/**
 * Holds an installation against its own record. Pure. Null for a manifest that is not of an installation.
 */
export function examineHealth(subject: HealthSubject): Health | null {
  const { machine, manifest, confirmedAs } = subject
  const made = madeSteps(manifest)
  if (made === null) return null
  const entries = ownEntries(machine, made.entry)
  const damage = damageOf(machine, made.files)
  const confirmed = confirmedAs !== null || isConfirmed(machine, made.trial.nonce)
  const health = {
    made,
    entries,
    working: [entries.kept, ...entries.foreign].find((entry) => entry !== null && entry.active) ?? null,
    damage,
    confirmed,
    first: confirmedAs === 'new',
  }
  const missing = finding('berth-partition-missing', 'warning', { where: made.files.target.partition })
  const findings = [
    ...(damage === null ? [missing] : damage.findings),
    ...entryFindings(health),
    ...orderFindings(machine, health),
    ...trialFindings(machine, health),
    ...copies(machine),
    ...failedStart(machine),
    ...checkSurroundings(machine, manifest),
  ]
  return { ...health, findings: sortedFindings(findings) }
}

function madeSteps(manifest: OwnershipManifest): MadeSteps | null {
  const entry = stepOf(manifest, 'create-boot-entry')
  const files = stepOf(manifest, 'write-files')
  const trial = stepOf(manifest, 'arm-trial')
  return entry === null || files === null || trial === null ? null : { entry, files, trial }
}

function damageOf(machine: Machine, files: MadeSteps['files']): FileDamage | null {
  const { partition, start, size } = files.target
  const place = findPlace(machine, partition)
  const volume = machine.bootVolumes.find((one) => one.partition === partition)
  const there = place?.partition.start === start && place.partition.size === size
  return there && volume !== undefined ? fileDamage(volume, files) : null
}

/** What the firmware's marks say: the system started with this nonce, and nobody waits for the trial any more. */
function isConfirmed({ berth }: Machine, nonce: string): boolean {
  if (berth.state === 'absent' || berth.nonce !== nonce) return false
  return berth.state === 'installed' || (berth.started && !berth.armed)
}

type Facts = Omit<Health, 'findings'>

function entryFindings({ made, entries, working }: Facts): readonly Finding[] {
  const { kept, spare, foreign } = entries
  const about = { where: entryName(made.entry.entry), facts: { description: made.entry.description } }
  const found: Finding[] = []
  if (kept === null && working === null) found.push(finding('berth-entry-missing', 'warning', about))
  if (kept !== null && kept.data !== made.entry.data) {
    const where = entryName(kept.number)
    found.push(
      kept.active
        ? finding('berth-entry-changed', 'note', { where })
        : finding('berth-entry-inactive', 'warning', { where }),
    )
  }
  if (spare.length > 0) {
    const list = spare.map(({ number }) => entryName(number)).join(', ')
    found.push(finding('berth-entry-doubled', 'warning', { where: list, facts: { list } }))
  }
  return [
    ...found,
    ...foreign.map(({ number, description }) =>
      finding('berth-entry-foreign', 'note', { where: entryName(number), facts: { description } }),
    ),
  ]
}

/** An entry that is not there has no place either: that is said of the entry alone. */
function orderFindings({ firmware }: Machine, health: Facts): readonly Finding[] {
  const { entries, first } = health
  const { kept } = entries
  if (kept === null || !belongsInOrder(health)) return []
  const order = firmware.bootOrder ?? []
  const about = { where: entryName(kept.number) }
  if (!order.includes(kept.number)) return [finding('berth-order-reverted', 'warning', about)]
  const leading = order[0]
  if (!first || leading === undefined || leading === kept.number) return []
  return [finding('berth-not-first', 'warning', { ...about, facts: { first: leading } })]
}

/** Once it was confirmed; before that only on firmware that starts nothing which its order does not list. */
export function belongsInOrder({ confirmed, made }: Pick<Health, 'confirmed' | 'made'>): boolean {
  return confirmed || made.trial.listInOrder
}

function trialFindings({ berth }: Machine, { confirmed }: Facts): readonly Finding[] {
  if (confirmed || berth.state === 'absent') return []
  const where = berth.partition
  if (berth.started) return [finding('berth-trial-waiting', 'note', { where })]
  return berth.armed ? [] : [finding('berth-trial-unarmed', 'warning', { where })]
}

function copies({ berth }: Machine): readonly Finding[] {
  const problems = berth.state === 'absent' ? [] : berth.problems
  const isCopied = problems.includes('manifest-twice') || problems.includes('manifest-moved')
  return isCopied ? [finding('berth-copied', 'warning')] : []
}

/** A note: what is installed is as it was made, and it may have started well since. */
function failedStart(machine: Machine): readonly Finding[] {
  const found = findFailedStart(machine)
  if (found === null) return []
  const { release, reason, said } = found
  return [finding('berth-start-failed', 'note', { facts: { release, reason, lines: said.length } })]
}
