import { examineHealth, type Health } from '../check/health/examine-health.ts'
import { finding, type Finding } from '../check/finding.ts'
import type { Machine } from '../model/machine.ts'
import { manifestPath } from '../model/manifest.ts'
import type { Status } from '../model/status.ts'
import { unusedRooms } from '../plan/return-rooms.ts'
import type { InstalledRecord } from './installed-record.ts'
import type { RunHistory } from './run-history.ts'

/** What is on a PC of Berth's, and whether it is as it was made. `open`: the run that did not end. Pure. */
export function tellStatus(machine: Machine, record: InstalledRecord, open: RunHistory | null): Status {
  const { berth } = machine
  const found = berth.state === 'absent' ? null : berth
  const { manifest } = record
  const health =
    manifest === null ? null : examineHealth({ machine, manifest, confirmedAs: record.confirmedAs })
  return {
    schema: 'berth/status/1',
    state: open === null ? stateOf(machine, health) : 'interrupted',
    release: found?.release ?? manifest?.plan.release ?? open?.begun.plan.release ?? null,
    entry: found?.entry ?? null,
    partition: found?.partition ?? null,
    started: found?.started ?? false,
    problems: found?.problems ?? [],
    findings: open === null ? (health?.findings ?? withoutRecord(machine)) : [],
    next: nextStart(machine),
    open: open === null ? null : { run: open.run, goal: open.begun.plan.goal },
  }
}

/** Damaged when somebody should do something about the installation itself. */
function stateOf({ berth }: Machine, health: Health | null): Status['state'] {
  if (health === null) return berth.state
  const needsCare = health.findings.some(
    (one) => one.severity !== 'note' && one.id !== 'windows-entry-missing',
  )
  return needsCare ? 'damaged' : health.confirmed ? 'installed' : 'trial'
}

/** There is an installation, and nobody has a record of it that can be read; or none, and room that was made for one. */
function withoutRecord(machine: Machine): readonly Finding[] {
  return machine.berth.state === 'absent'
    ? unusedRooms(machine)
    : [finding('berth-record-missing', 'warning', { where: manifestPath })]
}

function nextStart({ firmware }: Machine): Status['next'] {
  const { bootNext, bootEntries } = firmware
  if (bootNext === null) return null
  return {
    entry: bootNext,
    description: bootEntries.find((entry) => entry.number === bootNext)?.description ?? null,
  }
}
