import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import { readManifest } from '../probe/read-manifest.ts'
import { historyOf, installedManifest } from './run-history.ts'

/** What is known of the installation that is on a PC now. */
export interface InstalledRecord {
  readonly manifest: OwnershipManifest | null
  /** Which system starts by default since the trial was confirmed; null when the journals know of no confirmation. */
  readonly confirmedAs: Choices['defaultSystem'] | null
}

/**
 * The record of what Berth made, from the journal. The one on the boot volume counts when the journal has none, and when
 * it is another installation's (another copy of Berth was at work since) or cannot be read.
 */
export async function installedRecord(
  journal: JournalStore | null,
  machine: Machine,
): Promise<InstalledRecord> {
  const found = readManifest(machine)
  if (journal === null) return { manifest: found, confirmedAs: null }
  const known = await installedManifest(journal)
  if (!known.ok || known.value === null) return { manifest: found, confirmedAs: null }
  const isOther = found !== null && found.plan.fingerprint !== known.value.plan.fingerprint
  if (isOther) return { manifest: found, confirmedAs: null }
  return { manifest: known.value, confirmedAs: await confirmedDefault(journal) }
}

/** Told by the newest confirmation since the newest installation. */
async function confirmedDefault(journal: JournalStore): Promise<Choices['defaultSystem'] | null> {
  const runs = await journal.runs()
  for (const run of runs.ok ? [...runs.value].reverse() : []) {
    const history = await historyOf(journal, run)
    if (!history.ok) return null
    const ended = history.value?.ended
    if (ended === 'confirmed') return history.value?.begun.plan.choices.defaultSystem ?? null
    if (ended === 'installed' || ended === 'undone') return null
  }
  return null
}
