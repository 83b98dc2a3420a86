import type { Machine } from '../../model/machine.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { startsWindows, windowsEntry } from '../locate.ts'

/** The way back to Windows: said when no entry of the firmware leads to it. */
export function checkWayToWindows(machine: Machine): readonly Finding[] {
  if (!hasWindows(machine)) return []
  const target = windowsEntry(machine)?.target ?? 'none'
  const isMissing = target === 'none' || target === 'file-missing' || target === 'partition-missing'
  return isMissing ? [finding('windows-entry-missing', 'warning', { found: target })] : []
}

/** Whether the way back to Windows is there: its own firmware entry, told by partition and path. */
export function checkWindowsEntries({ machine }: CheckContext): readonly Finding[] {
  if (!hasWindows(machine)) return []
  const { bootEntries, bootOrder } = machine.firmware
  const found: Finding[] = [...checkWayToWindows(machine)]
  const entry = windowsEntry(machine)
  const entries = bootEntries.filter(startsWindows)
  for (const other of bootEntries) {
    if (startsWindows(other) || other.path === null || !/windows boot manager/i.test(other.description))
      continue
    found.push(
      finding('windows-entry-elsewhere', 'warning', {
        found: other.path,
        where: name(other.number),
        facts: { entry: other.number, path: other.path },
      }),
    )
  }
  if (entry !== null && entries.length > 1) {
    const facts = { entry: entry.number, count: entries.length }
    found.push(
      finding('windows-entries-several', 'note', {
        found: `${entries.length}`,
        where: name(entry.number),
        facts,
      }),
    )
  }
  const first = bootOrder?.[0]
  if (entry !== null && first !== undefined && first !== entry.number && machine.running.os === 'windows') {
    const facts = { entry: entry.number, first }
    found.push(finding('windows-not-first', 'note', { where: name(first), facts }))
  }
  return found
}

function hasWindows({ firmware, installed }: Machine): boolean {
  return firmware.kind !== 'bios' && installed.some((system) => system.kind === 'windows')
}

function name(number: number): string {
  return `Boot${number.toString(16).toUpperCase().padStart(4, '0')}`
}
