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
    found.push(finding('boot-order-dangling', 'note', { found: dangling.map(name).join(', ') }))
  }
  if (bootNext !== null) {
    found.push(finding('boot-next-taken', 'warning', { found: name(bootNext), facts: { entry: bootNext } }))
  }
  for (const { number, reason } of unreadableEntries) {
    found.push(
      finding('boot-entry-unreadable', 'note', { where: name(number), facts: { entry: number, reason } }),
    )
  }
  return found
}

function name(number: number): string {
  return `Boot${number.toString(16).toUpperCase().padStart(4, '0')}`
}
