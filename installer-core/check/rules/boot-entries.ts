import type { Machine } from '../../model/machine.ts'
import { stageFolder } from '../../model/stage.ts'
import { entryName } from '../../text/template.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'

/** Boot variables that are absent, taken, or speak of what is not there. Berth leaves all of them as they are. */
export function checkBootEntries({ machine }: CheckContext): readonly Finding[] {
  const { kind, bootOrder, bootNext, bootEntries, unreadableEntries } = machine.firmware
  if (kind === 'bios') return []
  const found: Finding[] = []
  const known = new Set([...bootEntries, ...unreadableEntries].map((entry) => entry.number))
  if (bootOrder === null) found.push(finding('boot-order-absent', 'note'))
  const dangling = (bootOrder ?? []).filter((number) => !known.has(number))
  if (dangling.length > 0) {
    found.push(finding('boot-order-dangling', 'note', { found: dangling.map(entryName).join(', ') }))
  }
  if (bootNext !== null) found.push(chosen(machine, bootNext))
  for (const { number, reason } of unreadableEntries) {
    found.push(
      finding('boot-entry-unreadable', 'note', {
        where: entryName(number),
        facts: { entry: number, reason },
      }),
    )
  }
  return found
}

/** A start that is to make room gives way to nothing: an installation would take its place, in other gaps. */
function chosen({ firmware }: Machine, bootNext: number): Finding {
  const path = firmware.bootEntries.find(({ number }) => number === bootNext)?.path ?? ''
  const isStage = path.replaceAll('\\', '/').toLowerCase().startsWith(`${stageFolder.toLowerCase()}/`)
  return isStage
    ? finding('room-waits', 'blocker', { found: entryName(bootNext) })
    : finding('boot-next-taken', 'warning', { found: entryName(bootNext), facts: { entry: bootNext } })
}
