import { canStart, problemsOf } from '../check/berth-usable.ts'
import { finding, type Finding } from '../check/finding.ts'
import { startsFileOf } from '../check/health/own-entries.ts'
import { startsWindows, windowsEntry } from '../check/locate.ts'
import type { Machine } from '../model/machine.ts'
import { stepOf, type OwnershipManifest } from '../model/manifest.ts'
import { entryName } from '../text/template.ts'
import { laterPlan, nothingInstalled, refused } from './later-plan.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/** A system, or `none`: the choice for the next start is taken back. */
export type SwitchTarget = 'windows' | 'berth' | 'none'

/**
 * Lets the next start, once, be the other system's: BootNext to its own firmware entry. Windows is never started
 * through another loader, so that BitLocker measures what it always measured. No steps when it is already set. `none` takes such a choice back, and
 * refuses (`boot-next-foreign`) when somebody else made it.
 */
export function makeSwitchPlan(
  machine: Machine,
  manifest: OwnershipManifest | null,
  target: SwitchTarget,
  sha256: HashText,
): PlanOutcome {
  if (manifest === null) return refused(nothingInstalled)
  if (target === 'none') return takeChoiceBack(machine, manifest, sha256)
  const entry = target === 'windows' ? windowsNumber(machine) : berthNumber(machine)
  if (typeof entry !== 'number') return refused(entry)
  const steps = machine.firmware.bootNext === entry ? [] : [{ kind: 'set-boot-next' as const, entry }]
  return laterPlan({ goal: 'switch', machine, manifest, steps }, sha256)
}

function takeChoiceBack(machine: Machine, manifest: OwnershipManifest, sha256: HashText): PlanOutcome {
  const { bootNext, bootEntries } = machine.firmware
  if (bootNext === null) return laterPlan({ goal: 'switch', machine, manifest, steps: [] }, sha256)
  const chosen = bootEntries.find((entry) => entry.number === bootNext)
  const made = stepOf(manifest, 'create-boot-entry')
  const isKnown =
    chosen !== undefined && (startsWindows(chosen) || (made !== null && startsFileOf(chosen, made)))
  if (!isKnown) {
    const facts = { description: chosen?.description ?? null }
    return refused(finding('boot-next-foreign', 'blocker', { where: entryName(bootNext), facts }))
  }
  const steps = [{ kind: 'clear-boot-next' as const, entry: bootNext }]
  return laterPlan({ goal: 'switch', machine, manifest, steps }, sha256)
}

function windowsNumber(machine: Machine): number | Finding {
  const entry = windowsEntry(machine)
  const missing = entry === null || entry.target === 'file-missing' || entry.target === 'partition-missing'
  if (!missing) return entry.number
  return finding('system-not-found', 'blocker', {
    found: entry?.target ?? 'none',
    facts: { system: 'Windows' },
  })
}

function berthNumber({ berth }: Machine): number | Finding {
  if (berth.state === 'absent') return nothingInstalled
  if (canStart(berth)) return berth.entry
  const facts = { problems: problemsOf(berth) }
  return finding('berth-damaged', 'blocker', { where: berth.partition, facts })
}
